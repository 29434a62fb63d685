### English: what is found, and why it is so. The names stand in tables of the ledger and the node, and tests hold these files against them.


## A finding in a report

finding = { $found }. Right would be: { $right }.
finding-demanded = Only demanded by: { $by }.
finding-not-verified = The rule was not read in a schema of this version.
finding-or = { " or " }
finding-and = { " and " }

## What is found in a report, by its name

goaml-nothing = Nothing is there
goaml-empty-element = An empty element
goaml-empty-list = An empty list
goaml-text = “{ $text }”
goaml-text-beside = Text beside its elements: “{ $text }”
goaml-text-of-length = { $characters } characters: “{ $text }”
goaml-character = The character U+{ $code }
goaml-character-in = { $character } in “{ $text }”
goaml-without-time = “{ $text }” without a time, which is read as 00:00:00
goaml-behind-seconds = “{ $text }” with “{ $rest }” behind the seconds, which is left out
goaml-element = An element { $element }
goaml-element-with = An element { $element } with “{ $text }”
goaml-behind = { $element } behind { $other }
goaml-once-more = { $element } once more
goaml-so-manieth = { $element }, no. { $count } of them
goaml-several = { $all_of }
goaml-attribute = An attribute { $attribute } with “{ $text }”

## What would be right in a report, by its name

goaml-only-elements-of = the elements of { $parent } only
goaml-only-elements = elements { $element } only
goaml-order-of-schema = the order of the schema, in which { $element } stands before it
goaml-once = it once
goaml-at-most = { $count } at most
goaml-at-least-one = at least one { $element }
goaml-element-that-is-there = an element that goAML { $version } has in { $parent }
goaml-no-such-element = no such element
goaml-any-of = { $any_of }
goaml-one-of = one of { $any_of }
goaml-with = { $other } with { $element }
goaml-without-attribute = an element without it
goaml-elements-of-type = { $schema_type }
goaml-allowed-text = text that XML 1.0 allows
goaml-latin-text = Latin letters, digits, blanks, and . ' -
goaml-text-of = text of { $most } characters
goaml-text-between = text of { $least } to { $most } characters
goaml-text-up-to = text of { $most } characters at most
goaml-whole-number = a whole number
goaml-whole-number-between = a whole number from { $low } to { $high }
goaml-whole-number-from = a whole number of { $low } or more
goaml-whole-number-up-to = a whole number of { $high } or less
goaml-number = a number
goaml-number-between = a number from { $low } to { $high }
goaml-number-from = a number of { $low } or more
goaml-number-up-to = a number of { $high } or less
goaml-decimal = a number with { $decimals } decimals at most
goaml-decimal-between = a number from { $low } to { $high } with { $decimals } decimals at most
goaml-decimal-from = a number of { $low } or more with { $decimals } decimals at most
goaml-decimal-up-to = a number of { $high } or less with { $decimals } decimals at most
goaml-date-and-time = date and time such as 2026-11-26T09:30:00, not before 1753
goaml-truth = true or false
goaml-truth-or-nothing = true, or no element
goaml-country = a country by its two letters, such as TR
goaml-currency = a currency by its three letters, such as EUR
goaml-code-of = a code of { $list }
goaml-one-of-codes = one of { $known }
goaml-code-of-authority = a code of the authority's own list { $list } (those that were read have { $known })

## What screening finds otherwise than before, by its name

unlike-customer-gained = New with the customer – { $property }: { $value }
unlike-customer-lost = No more with the customer – { $property }: { $value }
unlike-listing-gained = New in the listing – { $property }: { $value }
unlike-listing-lost = No more in the listing – { $property }: { $value }
unlike-kind-changed = The kind is now { $alert_kind }, and was { $alert_kind_before }
unlike-evidence-changed = The evidence is now { $bits } bits, and was { $bits_before }
unlike-name-changed = The listed name is now { $text }, and was { $text_before }
unlike-now-under = Now under { $listing }
unlike-no-longer-under = No longer under { $listing }
unlike-now-under-topic = Now listed for: { $topic }
unlike-no-longer-under-topic = No longer listed for: { $topic }
unlike-exposure-changed = What is at stake is now { $now }, and was { $before }
unlike-other-evidence = Other lines of evidence
unlike-found-again = It is found again
unlike-before-erased = What was found before has been erased
unlike-rule-basis-erased = What the rule rested on has been erased
unlike-not-found-now = It is not found any more
unlike-bits-then = Hundredths of a bit: { $before } then, { $now } now
unlike-score-then = Ten-thousandths of the score: { $before } then, { $now } now
unlike-probability-then = Millionths of the probability: { $before } then, { $now } now
unlike-evidence-differs = The lines of the evidence are others
unlike-shown-otherwise = What is shown of the listing is another

## Why somebody is blocked or is not, by its name

owned-somebody = somebody unknown
owned-on-lists = It is listed: { $lists }.
owned-nothing-recorded = Nothing is recorded of its holders.
owned-no-holder-of = Of { $share } no holder is recorded.
owned-shares-enough = Those who are blocked have { $share } of its shares; enough is { $threshold }.
owned-shares-at-least = Those who are blocked have at least { $share } of its shares; enough is { $threshold }.
owned-shares-of-enough = { $person } has { $share } of its shares; enough is { $threshold }.
owned-shares-of-at-least = { $person } has at least { $share } of its shares; enough is { $threshold }.
owned-board = { $holder } may appoint or remove a majority of its board.
owned-votes-alone = { $holder } has { $share } of its votes, a majority alone.
owned-votes = Those who are blocked have { $share } of its votes, a majority.
owned-votes-of = { $person } has { $share } of its votes, a majority.
owned-dates-open = Whether it is listed on that day ({ $lists }) the dates leave open.
owned-control = { $holder } controls it by other means, as recorded; whether that is control in law, a person has to judge.
owned-perhaps-shares-of = { $person } has, or may have, { $share } of its shares; enough would be { $threshold }.
owned-perhaps-shares = Those who are or may be blocked have { $share } of its shares; enough would be { $threshold }.
owned-anybody-shares = Somebody who may be anybody has { $share } of its shares; enough would be { $threshold }.
owned-perhaps-votes-of = { $person } has, or may have, { $share } of its votes; whether one has a majority is open.
owned-perhaps-votes = Those who are or may be blocked have { $share } of its votes; whether one has a majority is open.
owned-anybody-votes = Somebody who may be anybody has { $share } of its votes; whether one has a majority is open.
owned-left-open = What is recorded leaves it open.
owned-no-holder = No holder is recorded.
owned-nobody-blocked = Nobody who is blocked has a part of it, as far as is recorded.
owned-persons-apart = Of { $count } listed persons with a part none has { $threshold }. { $person } has most: { $share }. Parts of different persons are not added.
owned-shares-not = Those who are blocked have { $share } of its shares, not { $threshold }.
owned-shares-of-not = { $person } has { $share } of its shares, not { $threshold }.
threshold-half = 50% or more
threshold-more-than-half = more than 50%

## Why a quiet pair is quiet no more

ended-sent-back-by-a-second-person = sent back by a second person
ended-escalated-to-a-case = it became part of a case
ended-opened-again-by-a-person = opened again by a person
ended-withdrawn = withdrawn
ended-ran-out = ran out

## Shares

share-none = no part
share-unknown = not known
share-no-limit = no limit: a cycle holds itself wholly
share-up-to = up to { $share }
share-at-least = at least { $share }
share-more-than = more than { $share }
share-less-than = less than { $share }
share-between = { $low } to { $high }

## What a change of a freeze would make other

vary-add = New asset: { $kind } { $identifier }, { $holder }
vary-value = Asset { $number } is worth: { $value }
vary-scope = Scope: { $text }
vary-authority = Authority: { $text }
vary-reference = Reference: { $text }
vary-review = Look at it again on { $day }

## What is wrong with the chain

broken-place = Event { $seq } stands where event { $expected } must be.
broken-prev-hash = Event { $seq } does not follow the one before: the hash that it names is another.
broken-hash = Event { $seq } was changed: its time, actor, kind, subject or the hash of its body do not give its hash.
broken-body-hash = Event { $seq } was changed: its body and salt do not give the hash of its body.
broken-body-gone = The body of event { $seq } is gone, and no later event says that it was erased.
broken-body-there = The body of event { $seq } is there, although event { $by } erased it.
broken-cell = Event { $seq } is damaged: { $column } is not of the kind it must be.
broken-erased-body = Event { $seq } erased bodies, and its own does not say which.
broken-short = Event { $seq } was kept elsewhere as the head, and the chain ends with event { $last }.
broken-not-kept = Event { $seq } has the hash { $found }, and the one that was kept elsewhere is { $kept }.
whole-chain = { $events } events, up to the head:
