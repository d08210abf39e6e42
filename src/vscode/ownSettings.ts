import { workspace } from "vscode";

/**
 * What the person set for themselves, and the defaults of package.json otherwise; unchecked, as it was
 * written. The merged values are never asked for: a workspace must not be able to say where a story
 * and a key are sent, or what that may cost.
 * @param section e.g. `storyDirector.model`
 */
export function ownSettings<Values extends object>(section: string, keys: readonly (keyof Values & string)[]): Values {
  const settings = workspace.getConfiguration(section);
  const valueOf = (key: string): unknown => {
    const { globalValue, defaultValue } = settings.inspect<unknown>(key) ?? {};
    return globalValue ?? defaultValue;
  };
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Values;
}
