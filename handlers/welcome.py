"""The two questions before signing up: the language, each in its own script, and the notice. Taps and words both count.

Which of them somebody new is at stands in the row of open forms, under a name that no form has.
"""

from telegram import Update

import texts
from handlers import arrivals, forms, menus
from handlers.acquaintance import meet
from handlers.arrivals import Arrival
from handlers.board_form import beginning
from handlers.context import Context
from handlers.matching import exactly, nearest
from handlers.saying import Key, Saying, key, labelled
from rules.roles import Role
from storage import consents, people
from storage import forms as kept
from storage.database import Writing
from storage.forms import OpenForm

NAME_AT_MOST = 60
WELCOME, LANGUAGE, NOTICE = "welcome", "language", "notice"


async def first(context: Context, came: Arrival) -> None:
    """Write down whom we have met, and ask the first question there is to ask."""
    asked = LANGUAGE if len(context.council.languages) > 1 else NOTICE
    async with context.transaction() as tx:
        context.turn.person = await meet(tx, context, came.approach_code)
        await arrivals.count(tx, context, came, first_met=True)
        await _stand_at(tx, context, asked)
    await menus.refresh(context)
    if asked == LANGUAGE:
        await context.speak(_languages(context))
    else:
        await _hello(context)


async def stand_at_notice(tx: Writing, context: Context) -> None:
    """Within a transaction that is running already: the notice is what comes next. `hello` says it after."""
    await _stand_at(tx, context, NOTICE)


async def hello(context: Context) -> None:
    """Who we are and why, and the notice."""
    await _hello(context)


async def greet(context: Context, came: Arrival) -> None:
    """Who we are and why; then, as a message of its own, the notice with Yes and Not now."""
    async with context.transaction() as tx:
        await arrivals.count(tx, context, came, first_met=False)
        await _stand_at(tx, context, NOTICE)
    await _hello(context)


async def _hello(context: Context) -> None:
    await context.say("join.hello", council=context.council.name)
    await context.speak(_notice(context))


async def _stand_at(tx: Writing, context: Context, question: str | None) -> None:
    """This is the question that typed words answer, or none is; a draft of somebody's work is never given up for it."""
    row = await kept.load(tx, context.chat_id)
    if row is not None and row.form != WELCOME and context.roles != {Role.ANYONE}:
        return
    if question is None:
        await kept.close(tx, context.chat_id)
    else:
        shown = {"version": context.council.notice_version}
        row = OpenForm(context.chat_id, context.person.id, WELCOME, question, shown, touched_at=context.now)
        await kept.save(tx, row)


async def _standing(context: Context) -> OpenForm | None:
    row = await kept.load(context.db, context.chat_id)
    fresh = row is not None and row.form == WELCOME and row.touched_at >= context.now - forms.WAITS
    return row if fresh else None


async def typed(update: Update, context: Context, words: str, *, open_question: bool) -> bool:
    """Take typed words as the tap they mean; at one of these questions all else asks it again. False: not for us.

    A language's own name counts at any time, except where an `open_question` takes any words.
    """
    row = await _standing(context)
    several = len(context.council.languages) > 1 and not open_question and context.known is not None
    understood = nearest if row is not None and row.step == LANGUAGE else exactly
    language = understood(words, _language_labels(context)) if several else None
    if language is not None:
        await _speak_from_now_on(context, language)
    elif row is None:
        return False
    elif row.step == LANGUAGE:
        await _again(context, _languages(context))
    elif (said := exactly(words, {"yes": _means("yes"), "no": _means("no")})) is None:
        if context.person.consented:
            return False
        await _again(context, _notice(context))
    else:
        await _answered(update, context, said, row.answers["version"])
    return True


def _means(answer: str) -> list[str]:
    listed = [*texts.every(f"words.{answer}"), *texts.every(f"join.consent.button.{answer}")]
    return [one for words in listed for one in words.split(";")]


async def _again(context: Context, asked: Saying) -> None:
    values = {"problem": texts.words("form.choose"), "question": texts.words(asked.name, **asked.values)}
    await context.speak(Saying("form.again", values, asked.keys))


async def ask_again(context: Context) -> None:
    """Say again the one of these questions that is open, if any."""
    row = await _standing(context)
    if row is not None:
        await context.speak(_languages(context) if row.step == LANGUAGE else _notice(context))


def _notice(context: Context) -> Saying:
    version = context.council.notice_version
    keys = (
        key("join.consent.button.yes", "consent", "yes", version),
        key("join.consent.button.no", "consent", "no", version),
    )
    council, contact = context.council.name, context.council.privacy_contact
    name = "join.consent.contact" if contact else "join.consent"
    return Saying(name, {"council": council, "contact": contact}, (keys, (key("button.person", "go", "person"),)))


async def consent(update: Update, context: Context) -> None:
    """An answer to the notice, kept with its version, time and route; a notice that has changed is shown anew."""
    if context.known is None:
        await context.notice("button.closed", alert=True)
    else:
        await _answered(update, context, context.press.word(0), context.press.word(1))


async def _answered(update: Update, context: Context, said: str, version: str) -> None:
    if version == context.council.notice_version and said == "yes":
        await _accept(update, context)
    elif version == context.council.notice_version and said == "no":
        await _decline(context)
    else:
        if version != context.council.notice_version and context.turn.press:
            await context.notice("join.consent.changed", alert=True)
        elif version != context.council.notice_version:
            await context.say("join.consent.changed")
        async with context.transaction() as tx:
            await _stand_at(tx, context, NOTICE)
        await context.speak(_notice(context))


async def _accept(update: Update, context: Context) -> None:
    person, asked = context.person, None
    async with context.transaction() as tx:
        await _stand_at(tx, context, None)
        if not person.consented:
            await consents.record(tx, person.id, context.council.notice_version, True, "telegram", context.now)
            if not person.display_name and update.effective_user:
                await people.change(tx, person.id, "display_name", update.effective_user.first_name[:NAME_AT_MOST])
            if person.stopped_at is not None:
                await people.come_back(tx, person.id)
            if person.joined_at is None:
                asked = await forms.open_in(tx, context, *beginning(person))
    context.turn.person = await people.by_id(context.db, person.id)
    back = not person.consented and person.stopped_at is not None
    await context.show("join.consent.yes_again" if back else "join.consent.yes", (_change(context),))
    await menus.refresh(context)
    if asked:
        await context.speak(asked)


async def _decline(context: Context) -> None:
    async with context.transaction() as tx:
        await _stand_at(tx, context, None)
        await consents.record(tx, context.person.id, context.council.notice_version, False, "telegram", context.now)
    context.turn.person = await people.by_id(context.db, context.person.id)
    await context.show("join.consent.no", (_change(context),))
    await menus.refresh(context)


def _change(context: Context) -> Key:
    return key("button.change", "consent", "ask", context.council.notice_version)


def _languages(context: Context) -> Saying:
    """The languages there are, each in its own script."""
    offered = context.council.languages
    lines = "\n".join(texts.plain(code, "language.choose") for code in offered)
    keys = tuple((labelled(_language_name(code), "language", code),) for code in offered)
    return Saying("language.ask", {"lines": lines}, keys)


def _language_name(code: str) -> str:
    """In itself, and marked where nobody but its translator has read it."""
    name = "language.draft" if texts.is_draft(code) else "language.name"
    return texts.plain(code, name, name=texts.native_name(code))


def _language_labels(context: Context) -> dict[str, list[str]]:
    names = (texts.native_name, texts.english_name, _language_name)
    return {code: [name(code) for name in names] for code in context.council.languages}


async def language(update: Update, context: Context) -> None:
    """Another language, or that there is one only."""
    if len(context.council.languages) > 1:
        await context.speak(_languages(context))
    else:
        await context.say("language.only", language=texts.native_name(context.language))


async def set_language(update: Update, context: Context) -> None:
    """Speak this language from now on, and go on where the person was."""
    code = context.press.word(0)
    if code not in context.council.languages or context.known is None:
        await context.notice("button.closed", alert=True)
    else:
        await _speak_from_now_on(context, code)


async def _speak_from_now_on(context: Context, code: str) -> None:
    new = not context.person.consented and not context.roles - {Role.ANYONE}
    async with context.transaction() as tx:
        await people.change(tx, context.person.id, "language", code)
        if new:
            await _stand_at(tx, context, NOTICE)
    context.turn.language = code
    again = (key("button.change", "go", "language"),)
    await context.show("language.saved", again, language=texts.native_name(code))
    await menus.refresh(context)
    if new:
        await _hello(context)
    else:
        await forms.ask_again(context)
