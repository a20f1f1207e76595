"""Another language, each in its own script, and right to left."""

import texts

ISOLATE = "\u2068"


async def arabic(bilingual):
    ada = bilingual.somebody("Ada")
    await ada.says("/start")
    await ada.taps("العربية (مسودة)")
    ada.language = "ar-x-draft"
    return ada


async def test_the_whole_sign_up_in_arabic(bilingual):
    ada = await arabic(bilingual)
    ada.sees("لن يرى صاحب عملك هذا.")
    for tap in ("نعم", "رعاية منزلية", "ليلًا", "ممرّض", "المجلس"):
        await ada.taps(tap)
    ada.sees("join.done")
    person = await ada.person()
    assert (person.language, person.market, person.strand) == ("ar-x-draft", "home_care", "board")


async def test_typed_arabic_without_its_marks_is_understood(bilingual):
    ada = await arabic(bilingual)
    await ada.taps("نعم")
    for words in ("رعايه منزليه", "ليلا", "ممرض", "الشبكة"):
        await ada.says(words)
    ada.sees("join.done")


async def test_a_name_in_the_other_direction_is_held_apart(bilingual):
    ada = await arabic(bilingual)
    for tap in ("نعم", "رعاية منزلية", "ليلًا", "ممرّض", "المجلس"):
        await ada.taps(tap)
    await ada.says("/me")
    ada.sees(f"{ISOLATE}Ada\u2069")


async def test_the_language_can_change_inside_a_question(bilingual):
    ada = bilingual.somebody("Ada")
    await ada.says("/start")
    await ada.taps("English")
    await ada.taps("Yes")
    await ada.taps("Language")
    ada.sees("Choose your language.")
    await ada.taps("العربية (مسودة)")
    ada.language = "ar-x-draft"
    ada.sees("language.saved", "join.market")
    assert "رعاية منزلية" in ada.buttons


async def test_a_phone_in_arabic_is_greeted_in_arabic(bilingual):
    ada = bilingual.somebody("Ada", "ar")
    await ada.says("/start")
    assert (await ada.person()).language == "ar-x-draft"


async def test_a_language_that_is_not_offered_is_not_spoken(stage):
    ada = await stage.worker()
    for code in ("ar", "ar-x-draft", "tlh", ""):
        await ada.forges(f"v1:language:{code}")
        ada.sees("button.closed")
    assert (await ada.person()).language == "en"


async def test_the_command_menu_follows_the_language(bilingual):
    ada = await arabic(bilingual)
    menus = [call.params for call in bilingual.simulator.transcript if call.method == "setMyCommands"]
    assert texts.plain("ar-x-draft", "command.start") in str(menus[-1])
    assert str(ada.id) in str(menus[-1])
