import { fold } from "./words.js";

/**
 * Given names, surnames and handles that are words of their own as well: in running text they are replaced only where
 * they are a mention. English, the world of services, places, and short words of other languages.
 */
const WORDS = `
a abbey able access account ace ad admin adore agent ago ai air al alert alias all alpha am amber an analyst and angel
angelic any api app apple apps april arch archer archive are arrow art as ash ask aspen asset at atlas au august aurora austin
auth author auto autumn aux away ax back backend baker bank banks bar bard barn baron bash basil bay be beach bean bear beau beck
bell belle berg berry best beta bi big bill binary bio bishop bit black blade blaze bliss block bloom blossom blue blush board bon
bond boot booth bot both bow box boy branch brand brandy brave briar bridge bridges bright brook brooklyn brooks brown buck bucket
bud bug build bull burns bush but butler by cache call can canary candy cannon car card carol carolina cart case cash castle cat
catalog cc cd central chain chance chancellor chandler chaos charge charity chase chat check checkout cherish cherry china
chip christian chuck church ci city claim clay clean clear clerk client cliff close cloud cluster coal coast code coin colt
command commit config console container cook cool cooper copper coral core corn cotton count court cove coy craft crane creed crew
cron cross crow crown crystal cup curry customer cutter cv cyan da daily daisy dale dallas das dash dashboard data database
date dawn day days db de deal dean dear debug default del delta dem den denim deploy deployment der des desk dev developer devops
dew dia diamond die din dire dj do dock docs dolly domain dos dot dove down drake draw dream drew drop du duke dune dusk dust
each eagle earl early east echo ed eden edge eight ein el elder elect else em ember emerald en end engine engineer english er es
essence et event events ever every ex export fable fair faith falcon fall false fan far farmer farrow fast fate fawn feed fern
few field fields file fin finch fine fire first fisher fix flag fleet flint flora flow flower fly force ford forest forge form
forth foster found fountain fox frank free freedom french friend frontend frost ft full fuller gage gale game garden gardener gate
gates gateway gay gem gene general genesis gentry georgia gift gill git glad glade glen global glory glover go gold good grace
grand grant grape gray green grey ground group grove guard guest guide gulf gun guy hack had hail hale half hall hammer hand hands
hard hardy harmony harp harper has haven hawk hay haze hazel head heart heath heather heaven help helpdesk henna her here hero het
hi high hill hills him his history hit holiday holly home honey honor hood hook hope horn host house houston how hoy hq hr hub hue
hunt hunter hurt hyacinth ice ich id if il im image imp import in incident index india indigo info infra ingest ink innocent
instance internal into io ip iris iron is isle iso israel it its ivory ivy jack jade jasmine jay je jet jewel job jobs jockey
jordan journey joy js judge july jump june junior just justice kb keen keep kenya kernel key keys kid kin king kings kit kite
knight ko la lace lad lake lamb lance land lane lark las lass last late laurel lavender law lb le lead leaf left leg legacy les
less level liberty library life light like lilac lily lima lime limit link linux lion list little live lo lock log logs london
long look lord los lot love low luck lucky lui lux luz lyric ma made magic mail main major make mal man manager many maple mar
marble march mark marsh marshal mason mass master matches maverick max may mb md me mead meadow mean mercy merge meridian merit
merry metric metrics mi midnight migration mild miles mill miller mills mint miracle miss mission mist mit mobile model monitor
moon moor more morn morning moss most mouse mr ms much must my na name nature navy neat need network new nick night nine no
noble node none noon norm north not note nova now nu null ny oak ocean of off oh ok old olive on oncall one only op opal open
ops or orchard orchid order org os oslo other our out over ow owl own owner pace page pages paisley palm pan panda panel 
paris park parker parks part partner past pat patch patience paw pax pay payment payments paz pc peace peach peak pearl penny
pepper per petal petty phoenix pie pierce pike pilot pine piper pit platform player plum pm pod poet pole pond pool pop poppy por
port portal porter post potter power powers pr pray precious price pride prime prince print prior prod product production project
promise prosper proxy prudence ps pt public pure qa que query quest queue qui quill quince ra rain rainbow ram ran ranger raven
ray rays re react reading ready real reason rebel red reed reef regal region registry reign release releases remedy repo report
request reset rest review reviewer rice rich ridge rip rite river rivers road rob robin rock rocket rocky rod roe rollback
roman rook root rose rosemary rosy round router rowan royal rt ruby rue runner rush russet rusty rye sa sable safe saffron sage
sail saint sales salt sand sandbox sandy savanna savannah say sc scarlet scheduler scout script sd se sea seal search season
security see serene serenity server service services session seven sh shadow shark sharp she shell shepherd sherry shop shore
short show si sierra signal silver sing site six sketch skill sky sl slack slate small smart smith snow so sol solar son song soul
south spark sparrow spear spike spirit spring sprout sre st stack staff stage staging star stark stars start state static status
steel step sterling still stock stone storage store stork storm story stout strange stream street strong stub su sue summer sun
sunday sunny sunshine support sur sure swan sweet swift sydney sync sys system ta table tad tag tanner target task tawny tb te tea
teal team teams tech template ten term terminal test thorn three thyme tide tie tiger till timber time tin to today token too tool
tools topaz tough town trace track traffic trail tree trick trigger trinity trip true trust truth tu tucker tulip turk turner tv
twig two tyke uk un una und undefined under unique unity unknown uno up update us user users usher va vale van vane varsity vault
ver verity version very vet via victory vienna view vine violet virginia virtue vista vm von vp vs wade walk walker wall walls
ward warner was wash waters wave way we web webhook website well wells west wheat wheeler while white wick wie wild will willow
win wind windy wine winner winter wise wo wolf wonder wood woods woody word work worker workers world worth wren wright xi y ya
year yen yes yo you young your zen zero zion zone zu
`;

const COMMON: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ""));

/** Whether a word, in any case and with or without accents, is an ordinary one. */
export function isCommonWord(word: string): boolean {
  return COMMON.has(fold(word));
}
