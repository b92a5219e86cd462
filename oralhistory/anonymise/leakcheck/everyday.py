"""Ordinary English words that happen to be spelled as a Korean name could be (China and Ji-na, Some and So-mi).

They excuse a weak hit, never an exact one: without them every other English sentence would be taken for a betrayal. Spellings
that real names have are left out, but for the commonest words of all, which are excused only where they are written small.
"""

_SHORT = """
a i am an and any are as ask at ate be bed been beg big boy but buy by can cannot come cook cut dad day did die dig do dog don
done down dug eat egg end eye far few for from fun gave get go god gone good got gun guy had half ham hand hang has hat have he
head hear heard her here hey hid hide high hill him his hit home hot how hug hung hunger hungry hurt in is it its join keep kid
kill killed kin king knew know known lake land late law lay leg less let lie like line lot low made make mad man many map may me
mean meat men met might mom moon more most mother much my name near need never new no none noon nor not now of oh ok okay old on
once one only onto or our out own pay pen pig poor pot put ran rang red rice ring road rode room run sad said same sand sang sat
saw say sea see seen sell send sent set she shoe shook shut since sing sit slow small so soil some son song soon stay still such
sun sung sunk take taken talk tall ten than that the their them then there these they thing think this those to today toe told
tone too took top town tree two uncle under up upon us use used very wage wait walk want warm was way we well went were wet what
when where which while who whole why will win wind with woke woman women won wood woke word work would year yes yet you young
your
"""

_LOOK_LIKE_NAMES = """
bare begin bean bone bore born cabin came candle care case cause change charge chance cheese chief child china chinese choose
code coffee comma common cone core cotton cough count couple cousin cure dare date dawn decay decree degree delay demon donkey
dose duke dung during fare file fine fire five foam food foot free full fuel gang gate geese goose guide guitar gum hare hate
hello hire hold hole holy honey honor hope horror horse hose hour house human june horde inch iron japan jean jeep journey june
juice junk just korea labor lack lag lane laugh layer league lean learn lesson lime limit lion logic loose lose male mane
market mama meal mere mice milk mine minor minute mode monday money monk monkey monsoon mouse move mule music mute near note
nude nurse occur orphan panic papa pass pause people phone photo pile pine pipe plea pole police pose prison pure queue quite
race rain raise ran rare rate read reason regime repay rest rise role rope rose rude rule rumor rush safe sale sauce scar scene
seek seem seize sense seven shade shake shame shape share shine shore shout show shower side sign sin singing sister site size
smoke soap sole solo sorry soul sound soup south story suit suite summer summon sunday sure tail tale tape tea team tear tone
torn tooth torture total touch tube tune turn unit unlock until verse video wall ware war wash water wheel wide wine wire wise
worse worst wrong yard yellow zone
"""

EVERYDAY = frozenset((_SHORT + _LOOK_LIKE_NAMES).split())


def excused(words: tuple[str, ...]) -> bool:
    """Whether `words` read as English: all of them ordinary, or the first one, and not written big like the parts of a name."""
    ordinary = [word.casefold() in EVERYDAY for word in words]
    if len(words) == 1:
        return ordinary[0]
    if ordinary[0] and words[0].islower():
        return True
    return all(ordinary) and not all(word[0].isupper() for word in words)
