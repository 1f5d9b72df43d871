"""Each mistake an author can make: what he wrote, and what he is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

STANDARD = "standard.yaml"
SRV = "srv.yaml"

TABLE = r"""
# yes is a word, not true (srv.yaml)
- critical: true
+ critical: yes
= srv.yaml line 17: `critical` holds the text “yes”; write true or false, without quotation marks

# 1.10 is a text, not a number (srv.yaml)
- weight: 3
+ weight: 1.10
= srv.yaml line 16: `weight` holds the text “1.10”; write a whole number from 1 to 3

# 1_000 is a text, not a number (srv.yaml)
- weight: 3
+ weight: 1_000
= srv.yaml line 16: `weight` holds the text “1_000”; write a whole number from 1 to 3

# a number where a text belongs (standard.yaml)
- version: "2026.1"
+ version: 2026
= standard.yaml line 2: `version` holds the number 2026; write a text here, such as "2026.1"

# a key twice (srv.yaml)
- weight: 3
+ weight: 3
+         weight: 2
= srv.yaml line 17: `weight` stands here a second time, the first is on line 16; keep one of the two

# a key without a value (srv.yaml)
- owner: service-manager
+ owner:
= srv.yaml line 12: `owner` holds nothing; write the value, or delete the line

# a tilde for nothing (srv.yaml)
- owner: service-manager
+ owner: ~
= srv.yaml line 12: `owner` holds nothing; write the value, or delete the line

# an anchor (srv.yaml)
- owner: service-manager
+ owner: &o service-manager
= srv.yaml line 12: `&o` gives this place a name; delete it; a text that begins with `&` stands in double quotes

# an alias (srv.yaml)
- owner: service-manager
+ owner: *o
= srv.yaml line 12: `*o` points to another place of the file; write the text out; one that begins with `*` stands in double quotes

# a tag (srv.yaml)
- owner: service-manager
+ owner: !!str service-manager
= srv.yaml line 12: “!!str” says how the value is to be read; delete it; a text that begins with `!` stands in double quotes

# a merge key (srv.yaml)
- owner: service-manager
+ owner: service-manager
+     <<: {}
= srv.yaml line 13: `<<` takes keys over from another place; write the keys out where they are needed

# a comment (srv.yaml)
- owner: service-manager
+ owner: service-manager # best man
~ srv.yaml line 12: a comment stands here, which formatting would lose; write remarks in a `remark` field

# a line without a colon (srv.yaml)
- owner: service-manager
+ owner service-manager
= srv.yaml line 12: a line without a colon where a key is expected; write `key: value`, or join the line to the text above it

# a second colon in a line (srv.yaml)
- en: Customer and house
+ en: Customer: and house
= srv.yaml line 11: a second colon and space in one line, or a line too far in; put the whole text in double quotes, or mend the indentation

# a special character at the beginning (srv.yaml)
- en: Customer and house
+ en: @Customer and house
= srv.yaml line 11: a text begins with a special character such as @, %, ` or |; put the whole text in double quotes

# a quotation mark that does not close (srv.yaml)
- en: Customer and house
+ en: "Customer and house
= srv.yaml line 11: a quotation mark opens here and is not closed; close the quotation mark at the end of the text

# a text that goes on after its quotation mark (srv.yaml)
- en: Customer and house
+ en: "Customer" and house
= srv.yaml line 11: the text goes on after its closing quotation mark; put the whole text in double quotes, and a backslash before those inside it

# a backslash (srv.yaml)
- en: Signed repair orders from the archive.
+ en: "C:\Signed repair orders"
= srv.yaml line 23: a backslash stands before a character that has no such form; write two backslashes, or leave them out

# a brace that does not close (srv.yaml)
- impact: {cx: 3, ex: 0, profit: 2}
+ impact: {cx: 3, ex: 0, profit: 2
= srv.yaml line 33: a group in braces is not closed; close it with `}`

# an indentation that fits nowhere (srv.yaml)
-         kpis:
-           - C15
+         kpis:
+         - C15
+        - C16
= srv.yaml line 37: the line does not fit the list above it; each level is two spaces further in: put this line under the line it belongs to

# a list on the line of its key (srv.yaml)
-         kpis:
-           - C15
+         kpis: - C15
= srv.yaml line 35: a list begins in a place where none can stand; begin the list on the line below its key, two spaces further in

# a bracket that does not close (srv.yaml)
-         kpis:
-           - C15
+         kpis: [C15
= srv.yaml line 36: a list in brackets is not closed; close it with `]`

# a second document (srv.yaml)
- id: service
+ ---
+ id: service
+ ---
= srv.yaml line 3: `---` begins a second document in this file; one file holds one document: delete the line, or move what follows to a file of its own

# a directive (srv.yaml)
- id: service
+ %YAML 1.1
+ ---
+ id: service
= srv.yaml line 1: a line begins with `%`, which gives orders to the YAML reader; delete that line

# a list as a key (srv.yaml)
- id: service
+ ? [a]
+ : 3
+ id: service
= srv.yaml line 1: a list or a group stands where a key is expected; write a word, a colon and a space

# a key misspelt (srv.yaml)
- weight: 3
+ wieght: 3
= srv.yaml line 16: the key “wieght” is not known here; did you mean `weight`?

# a key nobody knows (srv.yaml)
- weight: 3
+ colour: 3
= srv.yaml line 14: `weight` is missing in the group that begins here; add a line `weight:`
= srv.yaml line 16: the key “colour” is not known here; known here: weight, remark

# a key missing (srv.yaml)
-         weight: 3
= srv.yaml line 14: `weight` is missing in the group that begins here; add a line `weight:`

# a word where a number belongs (srv.yaml)
- weight: 3
+ weight: heavy
= srv.yaml line 16: `weight` holds the text “heavy”; write a whole number from 1 to 3

# a weight out of range (srv.yaml)
- weight: 3
+ weight: 4
= srv.yaml line 16: `weight` is 4; write a whole number from 1 to 3

# true where a number belongs (srv.yaml)
- weight: 3
+ weight: true
= srv.yaml line 16: `weight` holds true or false; write a whole number from 1 to 3

# a text without its language (srv.yaml)
- statement:
-           en: The price
+ statement: The price
= srv.yaml line 18: `statement` holds the text “The price and the time of completion stand on the signed ord…”; write the text below the key under its language: `en: …`

# an empty text (srv.yaml)
- en: Orders are signed before the price is written on them.
+ en: ""
= srv.yaml line 25: `failure` is empty; write the text, or delete the line

# a number for a text (srv.yaml)
- en: Orders are signed before the price is written on them.
+ en: 12
= srv.yaml line 25: `failure` holds the number 12; write a text; put a number in double quotes

# a line break in a text (srv.yaml)
- en: Orders are signed before the price is written on them.
+ en: "Orders are signed before the price is written\non them."
~ srv.yaml line 25: `failure` holds a line break, or a space at its beginning or end; write the text on one line, without spaces around it

# a hidden change of direction (srv.yaml)
- en: Orders are signed before the price is written on them.
+ en: "Orders are signed before the price\u202E is written on them."
= srv.yaml line 25: `failure` holds the invisible character U+202E; delete it and type the place again

# a text in the wrong language only (srv.yaml)
- en: Orders are signed before the price is written on them.
+ de: Aufträge werden unterschrieben, bevor der Preis darauf steht.
= srv.yaml line 25: `failure` has a text in `de`, which the standard does not list; correct it, or add `de` under `languages` in standard.yaml
= srv.yaml line 25: `failure` has no text in `en`, the language the standard is written in; write it: the other languages fall back on it

# an impact out of range (srv.yaml)
- cx: 3
+ cx: 5
= srv.yaml line 32: `cx` is 5; write a whole number from 0 to 3

# a sample too small (srv.yaml)
- size: 10
+ size: 3
= srv.yaml line 29: `size` is 3; write a whole number from 5 to 60

# a sample size in words (srv.yaml)
- size: 10
+ size: ten
= srv.yaml line 29: `size` holds the text “ten”; write a whole number from 5 to 60

# a word where a list belongs (srv.yaml)
-         clauses:
-           - ISO 9001:2015 8.2.3
+         clauses: ISO 9001:2015 8.2.3
= srv.yaml line 33: `clauses` holds the text “ISO 9001:2015 8.2.3”; write a list: each entry on a line of its own, with `- ` before it

# a clause without its year (srv.yaml)
- ISO 9001:2015 8.2.3
+ ISO 9001 8.2.3
= srv.yaml line 34: “ISO 9001 8.2.3” is not a valid `clauses`; expected: `ISO 9001:2015` and the number of a clause in chapter 4 to 10, such as ISO 9001:2015 8.2.3

# a KPI nobody has (srv.yaml)
- - C15
+ - K15
= srv.yaml line 36: “K15” is not a valid `kpis`; expected: the letter C, E, P or O and two digits, such as C15

# a replaced id that is not a full one (srv.yaml)
- replaces: []
+ replaces:
+           - price
= srv.yaml line 41: “price” is not a valid `replaces`; expected: the full id of a checkpoint of the edition before: area, process and checkpoint, such as service.repair-order.price-agreed

# a replaced checkpoint that is still there (srv.yaml)
- replaces: []
+ replaces:
+           - service.repair-order.keys-tagged
~ srv.yaml line 41: “service.repair-order.keys-tagged” is replaced here, but still stands at srv.yaml line 42; delete this line, or the checkpoint that is replaced

# no action (srv.yaml)
- actions:
-           - en: Block the printing of an order without a price.
+ actions: []
~ srv.yaml line 14: the checkpoint has no `actions`; write them: what to look at, what shows it, what is seen when it fails, what helps

# an id with capitals and spaces (srv.yaml)
- id: price-agreed
+ id: Price agreed
= srv.yaml line 14: “Price agreed” is not a valid `id`; expected: small letters and digits in words joined by hyphens, at most 60 characters, such as price-agreed

# a number for an id (srv.yaml)
- id: price-agreed
+ id: 7
= srv.yaml line 14: `id` holds the number 7; write a text here, such as "price-agreed"

# a checkpoint number without its zero (srv.yaml)
- number: SRV-01.1
+ number: SRV-1.1
= srv.yaml line 15: “SRV-1.1” is not a valid `number`; expected: the process number, a dot and a number, such as SRV-04.2

# a process number without its hyphen (srv.yaml)
- number: SRV-01
+ number: SRV01
= srv.yaml line 7: “SRV01” is not a valid `number`; expected: the area's code, a hyphen and two digits, such as SRV-04

# a code that is none (srv.yaml)
- code: SRV
+ code: Service
= srv.yaml line 2: “Service” is not a valid `code`; expected: two to five capital letters, such as SRV

# a version that is none (standard.yaml)
- version: "2026.1"
+ version: spring
= standard.yaml line 2: “spring” is not a valid `version`; expected: the year, a dot and a number, such as 2026.1

# a status that is none (standard.yaml)
- status: draft
+ status: final
= standard.yaml line 3: “final” is not a valid `status`; expected: the word draft or released, such as draft

# a share as a decimal (standard.yaml)
- coverage: 2/3
+ coverage: 0.66
= standard.yaml line 21: “0.66” is not a valid `coverage`; expected: two whole numbers with a stroke, such as 2/3

# an empty list of phases (standard.yaml)
- phases:
-   - id: baseline
-     title:
-       en: Baseline
+ phases: []
= standard.yaml line 39: the list `phases` has 0 entries; write at least 1

# a number where weights belong (standard.yaml)
- area_weights: {}
+ area_weights: 3
= standard.yaml line 38: `area_weights` holds the number 3; write one line `name: number` for each, or `{}`

# a bound on staff in words (srv.yaml)
- - {staff: ">= 10"}
+ - {staff: "ten"}
= srv.yaml line 39: “ten” is not a valid `staff`; expected: one of the signs >= > <= < = and a whole number, such as >= 10

# a bound on staff without a sign (srv.yaml)
- - {staff: ">= 10"}
+ - {staff: 10}
= srv.yaml line 39: `staff` holds the number 10; write a text here, such as ">= 10"

# a condition on something else than staff (srv.yaml)
- - {staff: ">= 10"}
+ - {people: 10}
= srv.yaml line 39: the key “people” is not known here; known here: staff
= srv.yaml line 39: `staff` is missing in the group that begins here; add a line `staff:`

# a list of weights (standard.yaml)
- area_weights: {}
+ area_weights: [2]
= standard.yaml line 38: `area_weights` holds a list; write one line `name: number` for each, or `{}`

# a group of keys where a number belongs (srv.yaml)
- size: 10
+ size: {few: 3}
= srv.yaml line 29: `size` holds a group of keys; write a whole number from 5 to 60

# a number for a remark (srv.yaml)
- owner: service-manager
+ owner: service-manager
+     remark: 12
= srv.yaml line 13: `remark` holds the number 12; write a text here

# an empty remark (srv.yaml)
- owner: service-manager
+ owner: service-manager
+     remark: " "
= srv.yaml line 13: `remark` is empty; write the text, or delete the line

# a sample step without points (standard.yaml)
- - share: 1/2
-       points: 6
+ - share: 1/2
= standard.yaml line 28: `points` is missing in the group that begins here; add a line `points:`

# a list as a condition (srv.yaml)
- - {staff: ">= 10"}
+ - [service]
= srv.yaml line 39: `when` holds a list; write a feature, `not-` and a feature, or `{staff: ">= 10"}`

# two checkpoints of one id (srv.yaml)
- id: keys-tagged
+ id: price-agreed
= srv.yaml line 41: “price-agreed” is used here a second time, the first is at srv.yaml line 14; give this one another `id`

# two checkpoints of one number (srv.yaml)
- number: SRV-01.2
+ number: SRV-01.1
= srv.yaml line 42: SRV-01.1 is used here a second time, the first is at srv.yaml line 15; give this one the next free number

# numbers out of order (srv.yaml)
- number: SRV-01.1
+ number: SRV-01.3
= srv.yaml line 42: SRV-01.2 comes after a higher number; move it up, or give it the next free number

# a checkpoint of another process (srv.yaml)
- number: SRV-01.2
+ number: SRV-02.2
= srv.yaml line 42: the checkpoint SRV-02.2 stands in the process SRV-01; let its number begin with “SRV-01.”

# a checkpoint of another area (srv.yaml)
- number: SRV-01.2
+ number: PRT-01.2
= srv.yaml line 42: the checkpoint PRT-01.2 stands in the process SRV-01; let its number begin with “SRV-01.”

# an area in the file of another (srv.yaml)
- code: SRV
+ code: PRT
= srv.yaml line 2: the area “PRT” stands in srv.yaml; call the file prt.yaml, or correct the code
= srv.yaml line 7: the process SRV-01 stands in the area “PRT”; let its number begin with “PRT-”

# two features of one id (standard.yaml)
- id: body-shop
+ id: service
= standard.yaml line 47: “service” is used here a second time, the first is at standard.yaml line 44; give this one another `id`

# a feature called not (standard.yaml)
- id: body-shop
+ id: not-mobile
= standard.yaml line 47: a feature is called “not-mobile”; leave out `not-`: in `when` it says that a feature is absent

# a language twice (standard.yaml)
- - en
+ - en
+   - en
= standard.yaml line 8: the language “en” is listed twice; delete this line

# a language that does not exist (standard.yaml)
- - en
+ - en
+   - xx
= standard.yaml line 8: there is no language “xx”; write its two letters as in ISO 639, such as en, de or fr

# a language without texts (standard.yaml)
- - en
+ - en
+   - de
~ srv.yaml line 4: 14 of 14 texts are missing in `de`, the first one here; translate them; until then people read the text in `en`
~ standard.yaml line 5: 10 of 10 texts are missing in `de`, the first one here; translate them; until then people read the text in `en`

# a text in a language not listed (srv.yaml)
-   en: Service
+   en: Service
+   de: Service
= srv.yaml line 5: `title` has a text in `de`, which the standard does not list; correct it, or add `de` under `languages` in standard.yaml

# a critical checkpoint that weighs little (srv.yaml)
- weight: 3
+ weight: 2
= srv.yaml line 16: a critical checkpoint has the weight 2; give it the weight 3, or `critical: false`

# too many heavy checkpoints (srv.yaml)
- weight: 1
+ weight: 3
~ srv.yaml line 5: the weight 3 stands at 2 of the 2 checkpoints of this area; at most 1 may have it: lower the weight of 1

# no impact (srv.yaml)
- {cx: 3, ex: 0, profit: 2}
+ {cx: 0, ex: 0, profit: 0}
~ srv.yaml line 32: the checkpoint works on nobody: all three impacts are 0; give at least one of cx, ex and profit 1 to 3

# a feature misspelt (srv.yaml)
- - service
+ - servise
= srv.yaml line 38: the standard has no feature “servise”; did you mean `service`?

# a feature nobody knows (srv.yaml)
- - service
+ - not-tyre-hotel
= srv.yaml line 38: the standard has no feature “not-tyre-hotel”; known here: body-shop, service

# a feature both present and absent (srv.yaml)
- - service
+ - service
+           - not-service
= srv.yaml line 39: “service” is wanted both present and absent; all conditions must hold together, so this checkpoint never applies: delete one of the two

# a feature twice (srv.yaml)
- - service
+ - service
+           - service
= srv.yaml line 39: “service” stands twice under `when`; delete this line

# bounds on staff that exclude each other (srv.yaml)
- - {staff: ">= 10"}
+ - {staff: ">= 10"}
+           - {staff: "< 10"}
= srv.yaml line 40: no number of staff fits “< 10” and what stands before it; correct the bounds, so that at least one number fits them all

# an owner misspelt (srv.yaml)
- owner: service-manager
+ owner: service-manger
= srv.yaml line 12: the standard has no role “service-manger”; did you mean `service-manager`?

# a sample of another size than the text says (srv.yaml)
- en: Draw the signed orders
+ en: Draw five signed orders
~ srv.yaml line 29: the sample has the size 10, but the text speaks of 5 records; write the same number in both places

# a sample that the text speaks of but is not there (srv.yaml)
- en: Open the key cabinet
+ en: Compare 12 open repair orders with the key cabinet
~ srv.yaml line 48: `guidance` speaks of 12 records, but there is no sample; add `sample:` with `size: 12` and `of:`

# a statement too short (srv.yaml)
- en: The price and the time of completion stand on the signed order.
+ en: The price stands.
~ srv.yaml line 19: `statement` has 17 characters in `en`; write 30 to 170 characters

# a statement far too short (srv.yaml)
- en: The price and the time of completion stand on the signed order.
+ en: Price ok.
~ srv.yaml line 19: `statement` has 9 characters in `en`; write 30 to 170 characters

# a statement without a full stop (srv.yaml)
- on the signed order.
+ on the signed order
~ srv.yaml line 19: the statement ends with “r”; end it with a full stop

# a vague word (srv.yaml)
- stand on the signed order.
+ must stand on the signed order.
~ srv.yaml line 19: the statement says “must”, which cannot be judged on the spot; say what is seen instead: a number, a place, a record

# three actions (srv.yaml)
-           - en: Block the printing of an order without a price.
+           - en: Block the printing of an order without a price.
+           - en: Block the printing of an order without a price.
+           - en: Block the printing of an order without a price.
~ srv.yaml line 26: the checkpoint proposes 3 actions; keep the best 2

# a title too long (srv.yaml)
- en: Repair order
+ en: Repair order Repair order Repair order Repair order Repair order Repair order Repair order today
~ srv.yaml line 9: `title` has 96 characters in `en`; write 2 to 80 characters

# a title far too long (srv.yaml)
- en: Repair order
+ en: Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order Repair order today
= srv.yaml line 9: `title` has 265 characters in `en`; write 2 to 80 characters

# the title of a role too long (standard.yaml)
- en: Service manager
+ en: Service manager and head of the workshop, the paint shop, the wash bay and the parts counter
~ standard.yaml line 53: `title` has 92 characters in `en`; write 2 to 80 characters

# the title of an area too short (srv.yaml)
- en: Service
+ en: S
~ srv.yaml line 4: `title` has 1 characters in `en`; write 2 to 80 characters

# a statement twice (srv.yaml)
- en: Each key in the cabinet carries a tag with the order number.
+ en: The price and the time of completion stand on the signed order.
~ srv.yaml line 45: the statement is the same as at srv.yaml line 18; delete one of the two checkpoints, or say what this one asks beyond the other

# a statement nearly twice (srv.yaml)
- en: Each key in the cabinet carries a tag with the order number.
+ en: The price and the time of completion stand on the printed order.
~ srv.yaml line 45: the statement says nearly the same as at srv.yaml line 18; check whether both are needed, and word what makes the difference

# a scale that does not rise (standard.yaml)
- points: 6
-     title
+ points: 0
+     title
= standard.yaml line 8: the steps of the scale are 0, 0, 10; list each step once, the lowest first

# a scale that does not reach ten (standard.yaml)
- points: 10
-     title
+ points: 9
+     title
= standard.yaml line 8: the scale goes from 0 to 9; let it begin with 0 and end with 10

# points that are no step (standard.yaml)
- critical_points: 10
+ critical_points: 8
= standard.yaml line 22: `critical_points` is 8, which is no step of the scale; take one of 0, 6, 10

# a floor above the pass mark (standard.yaml)
- area_floor: 70
+ area_floor: 85
= standard.yaml line 20: `area_floor` is 85, but `pass_mark` is 80; let it be at most as high

# a failed sample that would meet a critical checkpoint (standard.yaml)
- critical_sample_cap: 6
+ critical_sample_cap: 10
= standard.yaml line 23: `critical_sample_cap` is 10, but `critical_points` is 10; let it be lower

# a B harder than an A (standard.yaml)
- b_from: 80
+ b_from: 95
= standard.yaml line 34: `b_from` is 95, but `a_from` is 90; let it be lower

# more than the whole (standard.yaml)
- coverage: 2/3
+ coverage: 3/2
= standard.yaml line 21: `coverage` is 3/2; write a share of the whole, such as 2/3; 1/1 is all of it

# coverage of nothing (standard.yaml)
- coverage: 2/3
+ coverage: 0/3
= standard.yaml line 21: `coverage` is 0/3; write a share of the whole, such as 2/3; 1/1 is all of it

# sample shares that do not fall (standard.yaml)
- share: 1/2
+ share: 1/1
= standard.yaml line 28: 1/1 for 6 points does not lie below the step before; list the steps from 1/1 down, each with a smaller share and fewer points

# sample shares that do not reach none (standard.yaml)
- share: 0/1
+ share: 1/4
= standard.yaml line 25: the sample rule goes from 1/1 to 1/4; let it begin with 1/1 and end with 0/1, so that every share has its points

# a weight for an unknown area (standard.yaml)
- area_weights: {}
+ area_weights: {servis: 2}
= standard.yaml line 38: the standard has no area “servis”; did you mean `service`?

# a pass mark above all (standard.yaml)
- pass_mark: 80
+ pass_mark: 101
= standard.yaml line 19: `pass_mark` is 101; write a whole number from 0 to 100

# an area file misspelt (standard.yaml)
- - srv
+ - svr
= standard.yaml line 63: there is no file areas/svr.yaml; write `- srv`, whose file lies there

# an area file missing (standard.yaml)
- - srv
+ - srv
+   - prt
= standard.yaml line 64: there is no file areas/prt.yaml; put the file there, or delete this line

# an area file twice (standard.yaml)
- - srv
+ - srv
+   - srv
= standard.yaml line 64: the area file “srv” is listed twice; delete this line

# a path instead of a name (standard.yaml)
- - srv
+ - ../srv
= srv.yaml: the file lies in areas, but standard.yaml does not list it; add `- srv` under `areas` in standard.yaml, or move the file away
= standard.yaml line 63: “../srv” is not a valid `areas`; expected: the name of a file in `areas` without its ending, in small letters, such as srv
"""
"""In the file named, the lines after `-` were right and those after `+` are written instead (indented as in the file
from the second on); `=` is an error and `~` a warning that comes of it. Nothing else may be told."""


@dataclass(frozen=True)
class Mistake:
    """One paragraph of the table."""

    name: str
    file: str
    right: str
    written: str
    told: list[str]


def _read(paragraph: str) -> Mistake:
    head, *lines = paragraph.split("\n")
    match = re.fullmatch(r"# (.+) \((.+)\)", head)
    assert match, head
    right = "\n".join(line[2:] for line in lines if line.startswith("- "))
    written = "\n".join(line[2:] for line in lines if line.startswith("+ "))
    told = [line[2:] for line in lines if line.startswith("= ")]
    told += ["warning: " + line[2:] for line in lines if line.startswith("~ ")]
    return Mistake(match[1], match[2], right, written, told)


MISTAKES = [_read(paragraph) for paragraph in TABLE.strip().split("\n\n")]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_with_its_place_and_what_to_do(standard, mistake: Mistake) -> None:
    if mistake.written:
        standard.write(mistake.file, mistake.right, mistake.written)
    else:
        standard.write(mistake.file, mistake.right + "\n", "")
    assert standard.problems() == mistake.told


def test_the_standard_the_mistakes_are_written_into_has_none(standard) -> None:
    assert standard.problems() == []


def test_several_mistakes_come_all_at_once(standard) -> None:
    standard.write(STANDARD, "pass_mark: 80", "pass_mark: 101")
    standard.write(STANDARD, "id: body-shop", "id: service")
    standard.write(SRV, "owner: service-manager", "owner: service-manger")
    standard.write(SRV, "weight: 3", "weight: heavy")
    standard.write(SRV, "number: SRV-01.2", "number: SRV-01.1")
    standard.write(SRV, "with the order number.", "with the order number")
    assert [problem.split(";")[0] for problem in standard.problems()] == [
        "srv.yaml line 12: the standard has no role “service-manger”",
        "srv.yaml line 16: `weight` holds the text “heavy”",
        "srv.yaml line 42: SRV-01.1 is used here a second time, the first is at srv.yaml line 15",
        "warning: srv.yaml line 46: the statement ends with “r”",
        "standard.yaml line 19: `pass_mark` is 101",
        "standard.yaml line 47: “service” is used here a second time, the first is at standard.yaml line 44",
    ]
