### English. One key for one thing that a page says; the other files have the same keys.


## Around every page

brand = Mihenk
skip = To the content
nav = Pages
nav-work = Work
nav-screen = Screen
nav-scan = Scan a text
nav-cases = Cases
nav-review = Second review
nav-freezes = Freezes
nav-customers = Customers
nav-rules = Quiet pairs
nav-lists = Lists
nav-dashboard = Overview
nav-audit = Audit
nav-people = People
role-viewer = viewer
role-analyst = analyst
role-approver = approver
role-officer = reporting officer
role-auditor = auditor
role-administrator = administrator
sign-in = Sign in
sign-out = Sign out
language = Language
theme = Colours
theme-system = as the system
theme-light = light
theme-dark = dark
undo = Undo
close = Close
filter = Which
you = you
by = By
why = Why
note = Note
state = State
kind = Kind
priority = Priority
customer = Customer
listed-entity = Listed
probability = probability
score = score
bits = bits
sum = sum
waits = Waits
results = Results
odd-hidden = { $n } hidden { $n ->
    [one] character
    *[other] characters
 }
odd-mixed = letters of several scripts in one word
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n } { $n ->
    [one] day
    *[other] days
 }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
actor-screening = screening
actor-clock = the clock

## Signing in, problems

login-what = The touchstone for names: who is it, how sure, and why.
login-name = Name
login-password = Password
login-refused = That did not work.
login-issuer = Sign in through your organisation
problem-sign-in = Please sign in
problem-not-allowed = That is for other roles
problem-unknown = There is no such page or thing
problem-changed = Somebody was faster
problem-refused = That cannot be done
problem-busy = Too much at once; try again in a second
problem-broken = Something of ours is broken
problem-password = Choose a password of your own first
problem-typed = What you typed, so that nothing is lost
problem-start = To the start
password-title = A password of your own
password-before = The password until now
password-new = The new password
password-how = At least twelve characters; a sentence is good.
password-button = Choose it

## Work

work-title = What waits for a person
work-next = Take the next one
work-take = Take the chosen ones
work-all = All on this page
work-empty = Nothing waits here.
work-keys = Keys:
work-count = { $shown } of { $n }, most urgent first
filter-free = Free for me
filter-mine = Mine
filter-open = All that are open
filter-sanctions = Sanctions
filter-gone = No longer found
filter-proposed = Wait for a second person
gone = no longer found
kind-sanctions = sanctions
kind-wanted = wanted
kind-pep = politically exposed
kind-adverse-press = adverse press
kind-own-list = own list
state-new = new
state-assigned = in work
state-reopened = open again
state-proposed = waits for a second person
state-cleared = cleared
state-escalated = in a case

## An alert

who-is-it = Who may be whom
held-by = held by
held-by-you = held by you
previous = Previous
next = Next
raised = raised
priority-words = Priority { $priority } = probability { $probability } ‰ × harm { $harm } × exposure { $exposure } % × age { $age } %
gone-since = Screening no longer finds this pair, since
erased = What was found has been erased, as its time had come.
names-aligned = The names, word by word
names-aligned-how = above: customer · below: list · underlined: letters that differ
evidence = The evidence
evidence-how = Each line adds to or takes from the sum; one bit doubles or halves the odds.
observation = What is seen
all-evidence = All evidence
side-by-side = Side by side
open-entity = Everything about the listed one
open-customer = The customer
past-of-pair = What was done with this pair
rule-holds = A rule keeps this pair quiet until
documents = Documents
others-of-customer = Other alerts of this customer
decide = Decide
decide-false = Somebody else
decide-true = The same one
decide-more = Need more
decide-escalate = Into a case
draft-kept = draft kept
rule-for = keep this pair quiet for { $n } days, while nothing changes
takes-two = At this probability a second person has to agree.
clear-and-next = Clear, and on to the next
accept-risk = The same, and the risk is accepted
true-is-case = Whoever is listed there is not cleared: it becomes a case.
true-open-e = To make it a case:
more-what = What is missing, and who brings it
more-and-next = Note it, and on to the next
into-case = Into which case
case-new = a new one
case-title = What a new case is called
legal-basis = Legal basis
escalate-and-next = Into the case, and on to the next
take = Take it
give-back = Give it back
is-in-state = This alert is: { $state }
held-elsewhere = A colleague works on it; nothing is decided twice.
only-analysts = Analysts decide here.
reopen = Open it again
queue = What waits
keys = Keys
key-open = open the chosen one
key-search = to the search box
key-next = next
key-previous = previous
key-reason = choose a reason
key-send = send
key-leave = leave a field
here = Also looking at this:
here-changed = It was changed while you looked at it.
here-again = Look at it again
did-cleared = { $of } is cleared.
did-proposed = { $of } waits for a second person.
did-taken = { $of } is yours.
did-given-back = { $of } is free again.
did-noted = Noted on { $of }.
did-escalated = { $of } is part of a case.
did-undone = Undone: { $of } is as it was.
did-reopened = { $of } is open again.
did-agreed = Agreed to { $of }.
did-sent-back = { $of } is sent back.
did-done = Done.
reason-birth-date = The dates of birth differ, and both are sure
reason-document = The numbers of documents differ, and both are sure
reason-nationality-place = Nationality and places do not fit
reason-name = The names are not the same name
reason-person-company = One is a person, the other a company or a vessel
reason-known-otherwise = Other evidence shows another person; the note says which
reason-risk-accepted = The same person, and the risk is accepted with the measures that the note names
reason-no-longer-held = The office or the press report is out of date for this purpose
reason-removed = The entry was taken off the list, and nothing else speaks against the customer
reason-duplicate = The same matter is worked on in another alert or case, which the note names
how-side-agree = agree
how-side-differ = differ

## What happened

event-alert-raised = Raised
event-alert-changed = Found otherwise
event-alert-gone = No longer found
event-alert-assigned = Given to somebody
event-alert-given-back = Given back
event-alert-commented = Comment
event-alert-cleared = Cleared
event-alert-agreed = A second person agreed
event-alert-sent-back = Sent back by a second person
event-alert-escalated = Into a case
event-alert-reopened = Opened again
event-alert-rule-withdrawn = Rule withdrawn
event-alert-rule-expired = Rule ran out
event-attachment-attached = Document
event-case-opened = Opened
event-case-alert-joined = Alert joined
event-case-alert-parted = Alert taken out
event-case-party-added = Party added
event-case-party-struck = Party struck out
event-case-linked = Tied
event-case-link-struck = Tie struck out
event-case-noted = Note
event-case-task-set = Task
event-case-task-done = Task done
event-case-offered = Offered
event-case-taken-over = Taken over
event-case-offer-ended = Offer ended
event-case-closed = Closed
event-case-reopened = Opened again

## Evidence

how-exact = the same
how-variant = a form of the same name
how-spelling = another spelling
how-unvowelled = written without vowels
how-transcription = spelled by syllables
how-typo = letters apart
how-visual = look alike
how-disorder = letters in disorder
how-initial = initial
how-conflict = unlike
how-asked_only = only here
how-listed_only = only on the list
line-exact = { $listed }: the same word (one in { $crowd })
line-variant = { $asked } ≈ { $listed }: a form of the same name (one in { $crowd })
line-spelling = { $asked } ≈ { $listed }: another spelling (one in { $crowd })
line-unvowelled = { $asked } ≈ { $listed }: written without vowels (one in { $crowd })
line-transcription = { $asked } ≈ { $listed }: spelled by syllables (one in { $crowd })
line-typo = { $asked } ≈ { $listed }: letters apart (one in { $crowd })
line-visual = { $asked } ≈ { $listed }: letters that look alike (one in { $crowd })
line-disorder = { $asked } ≈ { $listed }: letters in disorder (one in { $crowd })
line-initial = { $asked } ≈ { $listed }: initial (one in { $crowd })
line-together = words that often go together are worth less than apart
line-stranger = somebody else may bear these names: a stranger's chance
line-relative = a relative or namesake would share the rare words too
line-varied = words that are alike but not the same
line-vowels_missing = words compared without their vowels
line-all_varied = no word is letter by letter the same
line-conflict = unlike: { $asked } / { $listed }
line-conflict_first = the first words are unlike
line-conflict_last = the last words are unlike
line-asked_only = only in what is asked: { $asked }
line-listed_only = only in the list: { $listed }
line-sister = a word more or less often tells sister companies or ships apart
line-asked_open = the share of the asked name that stays unexplained
line-listed_open = the share of the listed name that stays unexplained
line-whole = every word of both names is explained
line-whole_exact = both names are the same
line-single = it is only one word
line-merged = written together on one side, apart on the other
line-number_same = the same number in both names
line-number_differs = different numbers in the names
line-number_missing = a number in one name only
line-legal_form = legal forms of different kinds
line-exchanged = what one calls the given name the other calls the family name
line-elsewhere = another name of the entity has an unlike word there
line-weak_alias = the list itself calls this name a weak one
line-chances = the entity has many names, so many chances to look alike
line-birth_date-same-day = born on the same day ({ $asked } / { $listed })
line-birth_date-swapped = day and month swapped ({ $asked } / { $listed })
line-birth_date-agrees = birth dates agree as far as known ({ $asked } / { $listed })
line-birth_date-one-digit = birth dates differ in one digit ({ $asked } / { $listed })
line-birth_date-same-year = born in the same year, another day ({ $asked } / { $listed })
line-birth_date-one-year = birth years one apart ({ $asked } / { $listed })
line-birth_date-two-years = birth years two apart ({ $asked } / { $listed })
line-birth_date-other = other birth dates ({ $asked } / { $listed })
line-namesake = with another birth date, a namesake bears these words too
line-country-same = a country in common ({ $asked } / { $listed })
line-country-differs = no country in common ({ $asked } / { $listed })
line-gender-same = the same gender
line-gender-differs = another gender
line-birth_place-same = a birth place in common
line-birth_place-differs = no birth place in common
line-address = an address in common
line-identifier = the same number: { $listed }
line-identifier-differs = another number of a kind that everybody has only one of
line-bounded = unlike: { $asked } / { $listed }; nothing weighs more than this against a shared number
line-prose = it stands in running text, of which many stretches could be names
sum-and = {"; "}
sum-identifier = the same number
sum-name-exact = the same full name
sum-name-words = the same words in both names
sum-name-varied = the same name in another spelling
sum-name-part = part of the name is the same
sum-name-part-varied = part of the name, in another spelling
sum-name-conflict = part of the name is the same, part is unlike
sum-birth_date-same-day = born on the same day
sum-birth_date-swapped = birth dates with day and month swapped
sum-birth_date-agrees = birth dates agree as far as they are known
sum-birth_date-one-digit = birth dates differ in one digit
sum-birth_date-same-year = born in the same year, on another day
sum-birth_date-one-year = birth years one apart
sum-birth_date-two-years = birth years two apart
sum-birth_date-other = born at other times ({ $asked }, listed { $listed })
sum-country-same = a country in common
sum-country-differs = no shared country
sum-gender-same = the same gender
sum-gender-differs = another gender
sum-birth_place-same = a birth place in common
sum-birth_place-differs = no birth place in common
property-name = Name
property-alias = Also called
property-weakAlias = Weak alias
property-previousName = Earlier name
property-firstName = Given name
property-lastName = Family name
property-fatherName = Father's name
property-birthDate = Born
property-deathDate = Died
property-birthPlace = Birth place
property-nationality = Nationality
property-citizenship = Citizenship
property-country = Country
property-jurisdiction = Jurisdiction
property-gender = Gender
property-passportNumber = Passport
property-idNumber = Identity number
property-taxNumber = Tax number
property-registrationNumber = Registration
property-imoNumber = IMO number
property-leiCode = LEI
property-publicKey = Wallet
property-address = Address
property-position = Position
property-title = Title
property-schema = What it is
property-legalForm = Legal form
property-incorporationDate = Founded
property-notes = Notes
property-sourceUrl = Source
property-flag = Flag
property-website = Website
property-email = E-mail
property-phone = Telephone
property-description = Description
property-summary = Summary
schema-Person = Person
schema-Organization = Organisation
schema-Company = Company
schema-LegalEntity = Legal entity
schema-Vessel = Vessel
schema-Airplane = Aircraft
schema-CryptoWallet = Wallet
schema-PublicBody = Public body
schema-Thing = Thing

## Screening and scanning

screen-title = Who is this?
screen-ask = A name, a number, an IMO, a wallet, or a pasted paragraph – in any script
screen-button = Screen
screen-how = A year or a day behind a name is read as the date of birth: Zerrin Örnek 1980.
screen-nobody = Nobody on the loaded lists comes near enough to be shown.
screen-count = { $n ->
    [one] One on the lists
    *[other] { $n } on the lists
 } who may be meant
screen-refused = This cannot be screened.
screen-is-text = This is rather a text than a name.
screen-as-scan = See them in the text
lists-of = lists of
match = match
below-threshold = below the threshold
removal-waits = removal waits
scan-title = Who is named in this text?
scan-text = A text
scan-file = or a file: text, HTML, PDF, DOCX, e-mail, ZIP
scan-button = Scan
scan-refused = This could not be read.
scan-count = { $n ->
    [0] Nobody listed is named
    *[other] { $n } mentions of listed names
 }
scan-nobody = Nobody on the loaded lists is named here.
scan-date = Published
scan-agency = Agency
scan-by-name = by name
scan-by-number = by number
scan-by-reference = refers back to a name
scan-place = bytes { $start } to { $end }
scan-page = page

## Cases

cases-open = Open
cases-all = Closed ones too
cases-none = There is no case yet.
case = Case
case-open = open
case-closed = closed
case-open-new = Open a case
case-close = Close the case
owner = Owner
opened = Opened
purpose = Purpose
my-tasks = What you have to do
tasks = Tasks
tasks-none = Nothing is left to do.
task-new = Set a task
task-what = What is to be done
due = due
overdue = overdue
done = Done
network = Who is tied to whom
network-nobody = Nobody is part of it yet.
network-table = The same as a table
network-more = { $n } more
on-a-list = on a list
parties = Parties
party-add = Add a party
party-person = person
party-company = company
party-account = account
party-wallet = wallet
party-vessel = vessel
party-other = other
party-role-customer = customer
party-role-listed = listed
tie = Tie
tie-add = Tie two parties
from = From
to = To
source = Source
name = Name
role = Role
alerts = Alerts
time-line = Time line
documents-none = There is no document.
note-add = Write it down

## Second review

review-how = First look at the facts and say what you would have done; then you see what was done.
since = Since
why-review = Why
review-needed = takes effect when you agree
review-sampled = one of the sample
review-own = Your own view
review-own-how = Reasons of the first person stand here when you have recorded yours.
review-would = I would
review-clear = clear it: somebody else
review-keep = not clear it
review-record = Record my view
review-yours = What you would have done
review-theirs = What was done
review-agree = Agree
review-send-back = Send back

## Freezes

freeze = Freeze
freeze-propose = Propose a freeze
freeze-propose-how = One person proposes, another one confirms. Nothing is restrained before that, and nothing here can be undone with a key.
freeze-proposed = proposed
freeze-held = held at once
freeze-in-force = in force
freeze-released = released
freeze-declined = declined
freeze-release = Propose to release the chosen ones
freeze-released-asset = released
freeze-review = Look at it again
freeze-stays = It stays
freeze-delisted = The entity is no more on:
freezes-all = All freezes
due-title = What runs out, and what waits
due-decide-pause = decide on what is paused
due-confirm-hold = confirm a hold
due-release-delisted = release, or say why it stays
due-confirm = confirm or decline
due-give-notice = tell whoever holds it
due-review = look at it again
due-committee = the committee
due-exemption-ends = an exemption ends
what = What
details = Details
register = The register
register-day = As it was on
register-show = Show
register-assets = { $n } { $n ->
    [one] asset
    *[other] assets
 }, { $held } of them held only
register-empty = Nothing is restrained.
asset = Asset
assets = Assets
asset-account = account
asset-deposit = deposit
asset-vessel = vessel
asset-real-property = real property
asset-shares = shares
asset-wallet = wallet
identifier = Number or place
holder = Held by
value = Value
value-how = Value, such as 1250.00 EUR
value-unknown = not known
look-again = Look again by
programme = Programme
authority = Authority
reference = Reference
scope = Scope
change-waits = a change waits
proposed-by = Proposed
confirmed-by = Confirmed
notices = Notices given
waits-for-second = Waits for a second person
confirm-until = To be confirmed until
confirm = Confirm
decline = Decline
take-back = Take it back
not-own = Nobody confirms what they proposed.
propose = Propose

## Customers

import = Take a file in
import-how = A table (CSV in any encoding, Excel) or JSON with one customer in each row. You see the first rows and say what each column holds before anything is taken in.
import-file = The file
import-whole = This is the whole portfolio: whoever is not in it has left
import-button = Take it in and screen it
import-done = { $n } records were read
import-new = new
import-changed = changed
import-unchanged = as they were
import-left = have left
import-rejected = not taken
import-rejected-how = Mend these rows and take them in again; the others are in.
import-unknown = Columns that were not used:
did-imported = The file is in.
portfolio = Portfolio
with-hits = { $n } with hits
customers-all = All
customers-hits = With hits
customers-none = There is nobody here.
their-number = Number
left = left
more-of-them = More
found-of = What is found
found-none = Nothing is found.
from-score = from score
alerts-of = Alerts of this customer
place = Place
column = Column

## A listed entity

names = Names
what-lists-say = What the lists say
other-ids = Other ids
listings = Listings
listings-none = No listing stands in the loaded files.
belongs = What belongs to it
ownership = Who stands behind it
ownership-none = No holding is recorded.
holders = Holders
direct = Direct
in-effect = In effect
proof = The proof
proof-how = Each step adds the shares of those who are listed or blocked; the mark in the bar is the half.
step = Step
share = Share
answer-not-blocked = not blocked
answer-cannot-be-told = cannot be told
answer-blocked = blocked
answer-listed = listed
script-Latn = Latin and other
script-Arab = Arabic script
script-Hebr = Hebrew
script-Cyrl = Cyrillic
script-Grek = Greek
script-Armn = Armenian
script-Geor = Georgian
script-Deva = Devanagari
script-Hani = Chinese
script-Hang = Korean
topic-sanction = sanctions
topic-role-pep = politically exposed
topic-wanted = wanted
topic-crime-terror = terrorism
topic-crime = crime
topic-debarment = debarred

## Lists

list = List
lists-entities = { $n } entities are screened
lists-checks = Looks for newer versions
entities = Entities
published = Published
publisher = Publisher
version = Version
versions = Versions
loaded = Loaded
file = File
findings = Not read
removals = Removals
removals-wait = { $n } wait
removals-title = The publisher has these no more
removals-how = More than a tenth would go at once, so they are still screened until a person has looked.
live-since = In use since
last-check = Last look
next-check = Next look
check-failed = last look failed
stale = may be old
building = being made ready
in-use = in use
changes = What changed
added = Added
changed = Changed
removed = Removed
before = Before
now = Now

## The house

rules-how = A pair stays quiet while nothing changes on either side; a change brings it back by itself.
rules-live = In force
rules-all = Ended ones too
rules-none = No pair is kept quiet.
pair = Pair
until = Until
rule-live = in force
rule-ended = ended
rule-withdraw = Withdraw
figure-open = alerts wait
figure-held = of them in work
figure-proposed = wait for a second person
figure-oldest = the oldest waits
days-title = Fourteen days
days-raised = raised
days-decided = decided
as-table = As a table
day = Day
reasons-title = Reasons, and what second persons thought of them
reasons-none = Nothing was cleared yet.
given = given
waiting = waiting
agreed = agreed
sent-back = sent back
overturned = overturned
audit-verify = Verify the chain
audit-whole = The chain is whole: everything is as it was written.
audit-broken = The chain is broken.
audit-subject = About what: an id such as A-17, K-3, F-2
audit-find = Find
audit-events = What was done, the newest first
audit-among = read { $n } times among many
number = No.
time = Time
subject = About
replay = Compute again
replay-title = Computed again with the lists and the model of then
replay-same = The same, to the last hundredth of a bit.
replay-differs = It is not the same:
replay-refused = This cannot be computed again.
then = Then
model = Model
event-access-seen = Read
event-access-many-seen = Many read
event-customer-added = Customer added
event-customer-changed = Customer changed
event-customer-found = Found of a customer
event-people-signed-in = Signed in
event-people-signed-out = Signed out
event-people-password-chosen = Password chosen
event-people-declined = Change declined
event-people-first-administrator = First administrator
event-customer-screening-begun = Screening began
event-customer-screening-done = Screening done
event-customer-left = Customer left
event-freeze-proposed = Freeze proposed
event-freeze-held = Held at once
event-freeze-confirmed = Freeze confirmed
event-freeze-declined = Freeze declined
event-compartment-head = Head of the compartment
event-people-proposed = Change proposed
event-people-confirmed = Change confirmed
people-how = One administrator proposes, another one confirms.
people-first = Hand this first password over; it is shown once.
people-add = Somebody new
people-change = A change
people-grant = one more role
people-revoke = a role less
people-reset = a new first password
people-leave = leaves
roles = Roles
signs-in = signs in
change-add = New: { $name } as { $role }
change-grant = { $name } becomes { $role } as well
change-revoke = { $name } is no more { $role }
change-reset = { $name } gets a new first password{ $role }
change-add-service = New service: { $name } as { $role }
change-reset-code = The second factor of { $name } is taken off{ $role }
change-require-code = One-time codes are needed by{ $name }: { $role }
change-make-key = A key for { $name }{ $role }
change-rotate-key = A new secret for the key { $name }{ $role }
change-tie = { $name } signs in at { $role }
change-untie = { $name } signs in at { $role } no more
change-leave = { $name } leaves{ $role }

## One-time codes

code-title = A one-time code
code-how = The code that your device shows, or a recovery code.
code = Code
factor-title = A device for one-time codes
factor-how = Your role needs one-time codes. Scan this with an authenticator, or type the secret; then type the code that it shows.
factor-secret = The secret
factor-begin = Add a device
factor-confirm = Confirm the device
factor-codes = Recovery codes, each good once: keep them where nobody else looks. They are shown once.

## Reports

nav-reports = Reports
reports-how = What stands here is seen by reporting officers alone; no other page says that it exists.
reports-none = There is no report.
report = Report
about = About
report-draft = Draft a report
report-about = Case or freeze, such as C-3 or F-12
report-day = Day on which it happened
report-title = In a line; made by itself when left empty
report-missing = What is missing in it
report-state-draft = draft
report-state-sent = sent
report-state-acknowledged = acknowledged
report-state-rejected = rejected
report-state-withdrawn = withdrawn
document-add = Attach a document
alerts-about = Alerts about this one

## Taking customers in

import-send = Send it and look
import-held = Files of yours that are held
import-held-how = Nobody else sees them; they go a day after you touched them last.
import-state-coming = being sent
import-state-waiting = waits for you
import-state-running = being taken in
import-state-broken = broken off
import-state-failed = failed
import-state-done = is in
import-broken = Taking it in was broken off. What was taken in stays; take it in again, and it goes on.
import-failed = It could not be taken in. What was taken in until then stays.
import-running = The file is being taken in, and everybody in it is screened.
import-running-how = You may leave this page; it goes on without you.
import-related = related parties
import-alerts = alerts
import-warned = { $n } { $n ->
    [one] record has a value that could not be read and says nothing
   *[other] records have a value that could not be read and says nothing
 }
import-rejected-title = Rows that were not taken
import-kept = What the columns hold is kept: the next file with the same columns is understood like this one.
import-next = Another file
rejected-rows = These rows as they came
rejected-reasons = The reasons as a table
rejected-why = What was found, and what would be right
rejected-more = { $n } in all; the files have every one of them.
discard = Discard
held-until = held until
look-anew = Look again
place-line = line { $n }
place-row = row { $n }
size-b = { $n } B
size-k = { $n } KB
size-m = { $n } MB
size-g = { $n } GB
form-Csv = CSV
form-Json = JSON
form-Xlsx = Excel
form-Parquet = Parquet
delimiter-comma = commas
delimiter-semicolon = semicolons
delimiter-tab = tabs
delimiter-bar = bars ( | )
mapping = What each column holds
mapping-how = Check it against the rows; beneath stands what they become.
mapping-holds = Holds:
mapping-twin = as the first of this name
mapping-by-itself = Each record says by itself what it holds, so there is nothing to choose.
mapping-each = Every row is
mapping-each-any = a person or a company
mapping-dates = Dates such as 03/04/1990
mapping-dates-such = Day or month first? Such as
mapping-country = Country of rows that name none
mapping-separator = Between several values of a cell
mapping-kinds = What these words mean
mapping-kinds-asked = Say above what these words mean; rows with them wait for it:
mapping-kind-none = not known
mapping-no-number = Say which column holds the number of each customer: by it, the next file finds them again.
mapping-no-name = Say which column holds the name, or a number by which somebody is found.
mapping-twice = Two columns are said to hold “{ $what }”; only one of them can.
from-kept = as last time
from-heading = by its heading
from-values = by its values
from-guess = a guess
from-nowhere = not used
dates-plain = as they stand
dates-dmy = day first
dates-mdy = month first
holds-nothing = — not used —
holds-customer-number = Customer number
holds-customer-kind = What it is
holds-customer-parent = Belongs to customer
holds-customer-role = Role
holds-customer-exposure = At stake
holds-group-who = Who it is
holds-group-numbers = Numbers and documents
holds-group-firms = Companies, ships, contact
holds-group-ties = Related parties and risk
holds-group-other = As now
otherwise = Read the file in another way
otherwise-encoding = Encoding of the text
otherwise-itself = as the file shows
otherwise-delimiter = Between the cells
otherwise-row = Line with the headings
otherwise-sheet = Sheet of the workbook
becomes = What the rows become
becomes-all = { $good } of all { $n } rows would be taken
becomes-first = { $good } of the first { $n } rows would be taken
becomes-of = belongs to
becomes-refused = { $n } of these rows would not be taken
property-middleName = Middle name
property-identifiers = A number of any kind
property-swiftBic = SWIFT/BIC
property-iban = IBAN
property-mmsi = MMSI
property-callSign = Call sign

## What differs between versions of lists

diff-waiting = What the removals that wait would do
diff-last = —
diff-live = the one in use
diff-published = as its publisher has it
diff-compare = Compare
diff-customers = customers with hits on those changed or removed
diff-none = There is nobody here.
diff-all = All of it
diff-with-live = Compare with the one in use
version-never = never in use
version-kept = on the disk
version-swept = swept
page-before = Back
page-of = from { $from } of { $n }
removals-see = What would go
removals-decide = { $n } { $n ->
    [one] removal waits
   *[other] removals wait
 } for a decision
removals-keep = They stay
removals-accept = Let them go
removals-then = Those who stay are screened on, and nobody is asked again until the publisher lists them anew. Whoever goes is found no more; alerts and freezes stay as they are.

## Settings

nav-settings = Settings
settings-tab = What is set
settings-how = Flags come before the environment, the environment before the file, the file before what is usual. Secrets are not shown.
settings-set = Set here
settings-usual = As usual
settings-none = This server was not started from the command line; it shows no settings.
setting = Setting
setting-value = Value
setting-from = From
setting-secret = set, not shown
setting-from-flag = flag
setting-from-variable = variable
setting-from-file = file
setting-from-usual = usual
retention = Retention
retention-how = A rule says how many days after the last act something is kept, and for what. One administrator proposes, another confirms. What is open is never due; a legal hold keeps a subject whatever the rules say.
retention-rules = What is kept how long
retention-none = No rule is set: everything is kept.
retention-part = What
retention-days = Days after the last act
retention-of-days = { $n } days
retention-purpose = For what
retention-propose = Propose a rule
retention-ran = { $n } { $n ->
    [one] subject was erased.
   *[other] subjects were erased.
 }
kept-access = readings
kept-customer = customers
kept-alert = alerts
kept-case = cases
kept-attachment = documents
kept-freeze = freezes
kept-redress = complaints
kept-report = reports
kept-intake = received reports
holds = Legal holds
holds-how = kept until the hold is lifted
holds-none = Nothing is held.
hold-place = Place a hold
hold-lift = Lift
hold-subject = Subject, such as K-17, A-4, C-2
erase-title = Due to be erased now
due-none = Nothing is due.
due-last = Last act
due-events = Events
due-sure = I have looked at this list. What is erased cannot be brought back.
due-erase = Erase { $n } { $n ->
    [one] subject
   *[other] subjects
 }
rejected-more-due = { $n } in all.
keeping = Key and disk
key-title = The key of documents
key-id = Known as
key-none = There is none yet; one is made with the first document.
key-before = Keys of before beside it
key-what = Documents, and the secrets of one-time codes and webhooks, are sealed with it. No backup holds it: keep a copy apart from the store and its backups. It is never shown.
key-exchange = Exchange the key
key-exchange-how = Everything is sealed again with a new key; meanwhile no document is opened or attached. The key of before stays beside it until you delete it: only backups made until now need it.
key-exchanging = An exchange was confirmed or has begun, and is not over. The server goes on with it when it starts, or you do here.
key-running = The key is being exchanged.
key-failed = The key was not exchanged.
key-lost = When the key is lost
key-lost-1 = Nothing is made in its place: while the file is missing, documents are neither opened nor attached, and nobody signs in with a one-time code.
key-lost-2 = Bring the copy back to the same place, readable by the server’s user alone (mode 600), or name its place with MIHENK_KEY_FILE and start the server anew.
key-lost-3 = Look here whether it is known by the same id as before; a key of before has its id at the end of its name.
key-lost-4 = Without any copy, what it sealed can never be read. What the record says of these documents stays, and the chain stays whole.
disk = On the disk
disk-size = Size
disk-lists = Lists
disk-index = Indices
disk-store = Store
disk-backups = Backups before upgrades
disk-portfolio = What makes watching customers fast
disk-models = Models
disk-imports = Files that wait to be taken in
disk-other = Other
disk-versions = Versions of lists
disk-versions-how = ‘mihenk lists keep’ sweeps what nothing needs any more

## How a listed party has changed

turns = What changed
turns-how = between the versions that are on the disk
turns-none = Nothing has changed in the versions that are on the disk.
turns-look = What changed between versions
turn-added = Came onto the list
turn-removed = Is on the list no more
turn-changed = Is listed otherwise
schema-Sanction = Listing
property-authority = Authority
property-program = Programme
property-listingDate = Listed on
property-reason = Reason

## Looking for newer versions

look-new = Look what is new
update-now = Bring it up to date
looked-running = It is being looked for.
looked-unchanged = There is nothing new.
looked-live = A newer version is in use.
looked-waits = There is a newer version. It is kept and not in use.
looked-see = See what it would do
looked-nowhere = This list has no address from which it could be fetched.
looked-failed = It could not be fetched; what is in use stays.
diff-ready = This version was fetched and is not in use. If its publisher has another one by then, nothing is put in use and that one is shown.
## Complaints

nav-redress = Complaints
redress-how = Somebody says: that is not me. One person proposes what was found, another one confirms, and whoever got the wrong record is told.
redress-none = There is no complaint.
redress-count = { $n } { $n ->
    [one] complaint
    *[other] complaints
 }
redress-with-done = Those that are done too
redress-only-open = Only those with something to do
redress-all-done = all done
redress-person = Who complains
redress-person-how = Who complains, as a letter calls them; the name of the customer when left empty
redress-customer = Customer, such as K-12
redress-complaint = The complaint
redress-alerts-how = Alerts, such as A-17
redress-freezes-how = Freezes, such as F-40
redress-decide-by = Decide by
redress-decide-by-how = Decide by; as the clock of the house says when left empty
redress-new = Write a complaint down
redress-found = What was found
redress-way = The way of the complaint
redress-step-received = Received
redress-step-decided = Decided
redress-step-answered = Person answered
redress-step-corrected = Recipients told
redress-by = by
redress-compared = What was compared
redress-proposed-title = What is proposed
redress-decided-title = What was decided
redress-because = Alerts cleared because
redress-because-how = Why the alerts are cleared, where it was somebody else
redress-releases = Release proposed of
redress-recipients = Who got the wrong record
redress-recipients-none = Nobody is written down.
redress-recipient = Recipient
redress-received-what = What they received
redress-told = Told
redress-not-yet = not decided yet
redress-how-known = How that is known
redress-recipient-add = Write down somebody else
redress-to-do = What is to be done
redress-due-decide = Propose what was found
redress-due-confirm = Confirm or decline
redress-due-release = Let go what is still restrained
redress-due-answer = Answer the person
redress-due-correct = Tell whoever got the wrong record
redress-propose = Decide
redress-propose-how = You propose; another person confirms. What two people decided cannot be taken back with a key.
redress-confirm-how = When you confirm, its alerts are cleared and its pairs kept quiet where it was somebody else. What is in force is released only when that is confirmed too.
redress-analysts = Analysts propose what was found.
redress-approvers = An approver confirms or declines.
redress-letter = The letter
redress-letter-answer = The letter to the person
redress-letter-correct = The correction
redress-letter-how = As it would go today; print it from the browser. When it was given, write that down: the letter is then kept, sealed.
redress-letter-back = It was given: write it down
redress-no-letters = redress.toml in the data folder does not say to whom a person may complain further. That stands in every letter, so that none can be written yet.
redress-told-how = How: letter, e-mail, in person
redress-told-on = On which day
redress-answered-button = The person has it
redress-corrected-button = They were told
redress-assign = Give it to somebody
redress-of-customer = Write a complaint of this customer down
compared-name = name
compared-birth-date = date of birth
compared-birth-place = place of birth
compared-nationality = nationality
compared-gender = gender
compared-document = numbers of documents
compared-address = address
compared-other = something else

## Sending a report

report-follows = Follows
report-due-send = Send the draft
report-due-follow = Not taken: draft another one
report-due-reply = Answer what was asked
report-due-draft = Draft a report
report-promptly = promptly
report-content = What it says
report-mandatory = needed
report-why-corrected = Why it changes; may stay empty
report-save = Save and check
report-fits = Nothing is missing.
report-goaml-how = Take the file out, change it, and give it back: as goAML XML or as JSON.
report-goaml-file = The file
report-goaml-text = As text
report-send = Send
report-errors = { $n } { $n ->
    [one] thing is
    *[other] things are
 } missing; each stands at its field.
report-download = Take the file out
report-send-how = Mihenk sends nothing by itself. Hand the file in with the authority, then write it down here.
report-how = How: a portal, a courier
report-send-sure = It was handed in as it stands here. What was sent is a record and cannot be taken back.
report-sent-button = Write down that it was sent
report-what-was-sent = What was sent
report-form = Form
report-file = The file as it went
report-taken = Acknowledged
report-not-taken = Not taken
report-follow = Draft one that follows it
report-answer = What the authority said
report-answer-what = It was
report-reference = The reference of the authority
report-answer-button = Write it down
report-asked = The authority asks for more
report-asked-what = What it asks
report-requests = What the authority asked
report-open-request = waits for an answer
report-replied = Answered
report-replied-by = By what: a report such as RP-4, a letter
report-withdraw = Give the draft up
report-errors-listed = { $n } { $n ->
    [one] thing is
    *[other] things are
 } missing; each is listed with its place.
report-warnings = { $n } more that only some authorities refuse
report-sent-how = How
due-head = Due

## The model

nav-model = Model
model-how = What the software says, held against what people here decided. A probability is for a population of which one in { $n } is on a list.
model-about = What it was made from, and how it was measured
reliability-title = Were its probabilities honest here?
reliability-count = { $n } decided { $n ->
    [one] alert
    *[other] alerts
 }
reliability-none = Nothing was decided yet.
reliability-said = What was said
reliability-true = What was taken as the same
reliability-within = what was said lies within the interval
reliability-outside = it lies outside
reliability-off = outside of the interval
reliability-caption = The same as a table. Honest probabilities lie on the diagonal; a point is larger the more alerts it stands for.
reliability-decided = Decided
reliability-same = The same
reliability-mean = Mean
reliability-share = Share
reliability-interval = 95% interval
reliability-range = { $from } to { $to }
reliability-how = Taken as the same is what became part of a case, or was cleared as the same person; somebody else is what was cleared as that. What was cleared for another reason is left out. An alert that nobody raised is in no bin: this says nothing of what was missed. The interval is that of Wilson.
curve-title = What a score says
curve-rate = one in { $n } is listed
curve-threshold = threshold
curve-caption = The evidence that reaches a score, and how probable it then is that both are one.

## Keys, issuers and one-time codes on the page of people

people-new-person = a person, who signs in
people-new-service = a service, which comes by keys
people-by-keys = comes by keys
people-reset-code = the second factor is taken off
people-keys = Keys
people-keys-how = A key is for what its scopes say, until its day. Two administrators make one for a service; people make their own. Its secret is shown once.
people-keys-none = There is no key.
people-no-service = A service comes first: propose one above.
people-key = Key
people-key-whose = Whose
people-key-scopes = What it is for
people-key-used = Last used
people-key-is-live = counts
people-key-is-ended = ended
people-key-is-revoked = revoked
people-key-before = the secret before counts until
people-key-make = A key for a service
people-key-label = What the key is called
people-key-days = How many days it counts
people-key-rotate = A new secret
people-key-overlap = How many days the secret before goes on
people-key-revoke = Revoke
people-key-revoke-how = It ends at once, and takes no second person.
people-service = Service
scope-screen = screening, looking at lists
scope-read = seeing customers, alerts, cases and freezes too
scope-customers = keeping customers too
scope-work = all that an analyst does
scope-audit = seeing what was done by whom
people-ties = Signing in at an issuer
people-ties-how = Who somebody is at an issuer of OpenID Connect. The issuer makes nobody a user and gives nobody a role.
people-ties-none = Nobody signs in at an issuer.
people-tie = Somebody signs in there
people-untie = No more
people-issuer = The issuer, as it writes itself
people-subject = Who they are there
people-codes = Who needs one-time codes
people-codes-how = Whoever has one of these roles signs in with a one-time code as well. What is marked is so now; what you mark is proposed.

## Exemptions on the page of a freeze

exemptions = Exemptions
exemption = Exemption
exemption-recipient = Who is paid
exemption-days = Days
exemption-limit = Limit
exemption-used = Paid
exemption-proposed = waits for a second person
exemption-agreed = agreed by two; the committee is to be notified
exemption-notified = the committee was notified
exemption-usable = may be used
exemption-refused = refused by the committee
exemption-declined = declined

## A link from elsewhere

onward = One moment: you come from another site.
onward-go = Go on

## What a record says of gender

gender-male = male
gender-female = female
gender-other = other

## Relations of a listed party

schema-Directorship = Directorship
schema-Ownership = Ownership
schema-Family = Family
schema-Associate = Associate
schema-UnknownLink = Tie
schema-Membership = Membership
schema-Employment = Employment
schema-Representation = Representation
schema-Succession = Succession
property-role = Role
property-percentage = Share in per cent
property-startDate = From
property-endDate = Until
property-relationship = Relationship
property-status = Status

## Before there is anybody

login-nobody = Nobody works here yet. Two people become administrators by the links that the server showed when it started; until then whoever is on this machine may screen.

# What a line of evidence opens to
evidence-asked = Asked
evidence-listed = On the list
evidence-weighed = Weighed by

# Exchanging the key of documents, by two
change-exchange-key = Another key in place of { $name }, which seals documents{ $role }
key-by-two = It takes two: another administrator confirms it.
key-waits = Another administrator proposed to exchange it; you confirm or decline that under
key-waits-own = You proposed to exchange it; another administrator confirms it under
key-go-on = Go on with the exchange

# What can go wrong, by code
problems-title = Problems, by code
problems-how = For whoever writes programs: the “type” of each problem of the API leads to its code here.
