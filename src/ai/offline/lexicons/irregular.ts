/** Irregular verbs: infinitive, past, participle (once where they are the same). */
export const IRREGULAR_VERBS = `
be was been|bear bore borne|beat beat beaten|become became become|begin began begun|bend bent|bind bound|bite bit bitten|blow blew blown
break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came come|creep crept
cut cut|dig dug|do did done|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt
fight fought|find found|flee fled|fling flung|fly flew flown|forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone
grind ground|grow grew grown|hang hung|have had|hear heard|hide hid hidden|hit hit|hold held|hurt hurt|keep kept|kneel knelt|know knew known
lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|let let|lie lay lain|light lit|lose lost|make made|mean meant|meet met
pay paid|put put|read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said|see saw seen|seek sought|sell sold|send sent|set set
sew sewed sewn|shake shook shaken|shine shone|shoot shot|show showed shown|shrink shrank shrunk|shut shut|sing sang sung|sink sank sunk|sit sat
sleep slept|slide slid|speak spoke spoken|spend spent|spin spun|spread spread|spring sprang sprung|stand stood|steal stole stolen|stick stuck
strike struck|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound|write wrote written
`;

/** Irregular plurals: singular, plural. */
export const IRREGULAR_NOUNS = `
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|wolf wolves|leaf leaves|knife knives|life lives
wife wives|half halves|shelf shelves|loaf loaves|thief thieves|scarf scarves|hoof hooves|ox oxen|fisherman fishermen|policeman policemen|calf calves
`;
