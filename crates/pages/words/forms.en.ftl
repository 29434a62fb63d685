# Words of the forms in which people act: what is restrained, lists, the export for an examiner, keys, addresses that are told of what happens.

## A freeze: other terms

freeze-vary = Other terms
freeze-vary-how = What is left as it stands stays so. Another person confirms the rest before it counts.
freeze-vary-values = Values, such as 1250.00 EUR; empty where it is not known
freeze-vary-add = Restrained from now on as well
freeze-vary-propose = Propose these terms
write-down = Write it down

## A freeze: exemptions

exemptions-none = Nothing is exempt.
exemption-propose = Propose an exemption
exemption-how = What the regime of this freeze knows. Another person confirms it, and then it goes the way that is said below its name.
exemption-limit-how = At most in all, such as 1250.00 EUR
exemption-licence = Number of the licence, if there is one
exemption-from = First day
exemption-to = Last day
exemption-left = left:
exemption-until = the committee may object until { $day }
exemption-not-objected = nobody objected until { $day }
exemption-pay = count a payment
exemption-working-days = { $days ->
    [one] It may object within one working day.
   *[other] It may object within { $days } working days.
}
exemption-needs-limit = A limit is needed.
amount-how = Amount, such as 1250.00 EUR
procedure-notify = The committee is notified.
procedure-approve = The committee is notified, and has to approve.
procedure-licence = A licence is needed; its number is written down.
procedure-standing = Nothing more is needed: the law permits it for whoever fits its terms.
exempt-basic-expenses = Basic expenses
exempt-extraordinary-expenses = Extraordinary expenses
exempt-humanitarian = Humanitarian assistance
exempt-general-licence = General licence
exempt-licence = Licence
committee-notified = the committee was notified
committee-answered = the committee answered
committee-letter = Number of the letter
committee-words = Number of its letter, or why it objects
committee-approved = it approved
committee-objected = it objected

## A freeze: notices

notices-none = No notice is written down.
notice-to = To whom there
notice-how = How: letter, e-mail, by hand
notice-give = Write down a notice
notice-untold = Not told yet:
notice-letter = The letter as a file, to

## Why an exemption is not proposed or used

refused-no-such-exemption = { $regime } knows no exemption { $kind }; it knows: { $known }.
refused-nothing-to-exempt = There is nothing to exempt from { $id }: { $freeze_state }.
refused-exemption-needs-limit = { $exemption }: a limit is needed, the amount that all payments together must not exceed.
refused-exemption-needs-licence = { $exemption }: the number of the licence is needed.
refused-exemption-over = The last day, { $day }, is before the first or has passed.
refused-exemption-stands-otherwise = This does not go as { $id } stands now: { $exemption_state }.
refused-no-committee = { $id } goes to no committee.
refused-committee-day-wrong = { $day } is ahead, or before the committee was notified.
refused-no-exemption-needed = No exemption is needed of { $id }: { $freeze_state }.
refused-payment-ahead = { $day } is ahead; a payment is counted when it was made.
refused-committee-may-object = The committee may object until { $until }.
refused-committee-not-approved = The committee has not approved it.
refused-committee-not-notified = The committee was not notified.
refused-exemption-not-confirmed = Another person has not confirmed it.
refused-committee-refused = The committee refused it.
refused-exemption-was-declined = It was declined.
refused-exemption-not-valid = It is valid from { $first } to { $last }.
refused-payment-of-nothing = A payment needs an amount above 0.
refused-payment-other-currency = { $id } is in { $currency }; { $amount } is another currency.
refused-payment-too-large = { $amount } is more than is left of { $id }: { $left } of { $limit }.

## Lists: what was looked at is what is put in use

looked-instead = Its publisher has another version by now than the one you looked at. Nothing was put in use.
diff-instead = Its publisher has another version by now than the one you looked at, so nothing was put in use. This is what the one there now would do.
removals-both = { $n } who stayed by an earlier decision go with them if they go.
removals-stay = Stay by a decision, though the publisher has them no more
removals-later = { $n ->
    [one] Let the one go who was kept?
   *[other] Let the { $n } go who were kept?
}
removals-later-how = They are screened on because somebody decided so. Once they go they are found no more; alerts and freezes stay as they are.
refused-no-removals-wait = Of { $list } nobody waits for a decision.
refused-list-changed-meanwhile = { $list } is another version now than the one you looked at. Look at it again.

## The export for an examiner

audit-export = For an examiner
audit-export-how = A range of the chain as one file. It can be checked without this program's store, with mihenk audit verify FILE. That you took it is written down.
audit-export-from = From event
audit-export-to = To event; empty for the newest
audit-export-get = Get the file
refused-not-an-event-number = { $text } is no number of an event.
refused-no-such-range = There are no events { $first } to { $last }; there are 1 to { $end }.

## One's own keys

own-keys = Your API keys
own-keys-how = A key lets a program ask in your name: it may do what its scopes say and what you may, until its day. Whoever holds its secret is you; keep it as you keep your password, and revoke it when it may be known.
own-keys-none = You have no key.
own-key-make = Make a key
own-key-new = The secret of { $label } is shown now and never again. Copy it to where it is needed.
own-key-rotate-now = Give it a new secret

refused-key-label-wrong = A key needs a name of up to { $most } characters.
refused-key-needs-scope = Say what the key is for.
refused-service-does-not-work = A service does not decide as an analyst does; choose something else.
refused-key-days-wrong = A key counts for 1 to { $most } days.
refused-key-overlap-too-long = The secret before goes on for { $days } days at most.
refused-key-revoked-already = { $id } is revoked already.
refused-key-over = { $id } counts no more; make a new one.
refused-not-a-scope = { $text } is nothing that a key can be for.

## Addresses that are told of what happens

webhooks = Who is told
webhooks-how = Each address is told of what happens, in ids alone and signed with its secret (Standard Webhooks). One administrator proposes, another confirms, and the secret is shown then, once.
webhooks-none = No address is told of anything.
webhook-url = Address
webhook-parts = Of what
webhook-last = Last delivery
webhook-behind = { $n ->
    [one] One attempt failed
   *[other] { $n } attempts failed
}
webhook-next = next
webhook-add = Tell an address
webhook-url-how = Address: https, or http to this machine
webhook-parts-how = Of what it is told; of everything when nothing is chosen
webhook-secret = The secret of { $url } is shown now and never again. Give it to whoever checks the signatures there.
webhook-end = Tell it no more
webhook-is-proposed = waits for a second administrator
webhook-is-active = is told
webhook-is-declined = declined
webhook-is-ended = is told no more
webhook-part-alert = alerts
webhook-part-case = cases
webhook-part-customer = customers
webhook-part-freeze = freezes
webhook-part-merging = who is one
webhook-part-redress = complaints
letters-dead = Given up
letters-dead-how = What could not be delivered for too long, or was refused. It can be delivered again, with the same ids.
letters-none = Nothing was given up.
letter-range = Events
letter-why = What was answered
letter-when = Given up
letter-replay = Deliver it again
letter-is-dead = given up
letter-is-waiting = is delivered again
letter-is-delivered = delivered
refused-nothing-told-of = { $text } is nothing that anybody is told of.
refused-address-not-told = { $text } is no address that can be told. Right would be https and a host, without a user, a password or a fragment; http goes to this machine alone.
refused-own-webhook = { $id } is your own proposal; another administrator confirms it.
refused-webhook-stands-otherwise = This does not go as { $id } stands now: { $webhook_state }.
refused-letter-not-dead = { $id } is not given up: { $letter_state }.

## The work list with an alert beside it

beside = The chosen alert
beside-whole = Everything known of it

## Overview: how fast, and how often for nothing

figure-pace = decided an hour, of the hours in which somebody decided
tenth = .{ $n }
by-list-title = For nothing, by list
by-list-how = of the last 2,000 decisions of these fourteen days
by-list-other = somebody else
by-list-share = for nothing

## Quiet pairs: what would surface

rule-without = Withdrawn, it would surface as { $kind } with { $probability }.
rule-without-none = Screening finds this pair no more; nothing would surface.

## Fields

typed-scope = Scope
typed-authority = Authority
typed-recipient = Who is paid
typed-limit = At most in all
typed-amount = Amount
typed-words = What it said
typed-said = What
typed-exemption = Exemption
typed-next = Look again by
typed-version = Version
typed-decision = Decision
typed-label = Name of the key
typed-days = Days
typed-url = Address
typed-part = Of what
