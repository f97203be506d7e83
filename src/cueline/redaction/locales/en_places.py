"""Ends of street names and names of regions, as said and as written, for English."""

from typing import Final

from cueline.redaction.locales.locale import words_of

STREETS: Final = words_of(
    "street st avenue ave road rd lane ln drive dr court ct boulevard blvd way place pl terrace ter circle cir "
    "highway hwy "
    "parkway pkwy trail square sq crescent close row alley loop plaza path pike run ridge crossing broadway turnpike "
    "expressway grove hill walk mews gardens glen point landing bend hollow commons freeway route "
    "parade rise gate wharf quay embankment approach vale croft drove bypass meadow meadows chase heights manor villas yard "
    "strand esplanade promenade circus arcade boulevard crest trace bluff cove harbour shore view mount brae wynd "
    "terrace green common park fields side bank mall walkway cottages"
)

REGIONS: Final = words_of(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana "
    "nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania tennessee texas "
    "utah "
    "vermont virginia washington wisconsin wyoming al ak az ar ca ct fl ga ia id il ks ky la ma md mi mn mo ms mt nc "
    "nd "
    "ne nh nj nm nv ny oh ok pa ri sc sd tn tx ut va vt wa wi wv wy dc ontario quebec alberta manitoba england "
    "scotland "
    "wales london"
)
