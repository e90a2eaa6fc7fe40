# SPDX-License-Identifier: Apache-2.0
"""python3 reduce_abi.py FILE: leaves in a record of abidw what a program can see of the library, in an order of its own.

That are the exported functions and variables and the types that they and the public types are made of. Of the standard
library's types the sizes stay: their insides are the same for all that meet in a process. A record of all is a hundred times
as large, and changes with every file of the library.
"""

import sys
import xml.etree.ElementTree as ET

SCOPES = ("namespace-decl", "class-decl", "union-decl")
PUBLIC = ("fabula_", "_ZN6fabula2v", "_ZNK6fabula2v", "_ZTI", "_ZTS", "_ZTV")


class Record:
    def __init__(self, root: ET.Element) -> None:
        self.root = root
        self.parent = {child: parent for parent in root.iter() for child in parent}
        self.definition: dict[str, ET.Element] = {}
        for element in root.iter():
            name = element.get("id", "")
            if name and self.rank(element) > self.rank(self.definition.get(name)):
                self.definition[name] = element
        #: What is kept, and which children of it.
        self.kept: dict[ET.Element, list[ET.Element]] = {}

    @staticmethod
    def rank(element: ET.Element | None) -> int:
        """A definition says more than a declaration."""
        if element is None:
            return 0
        return 1 if element.get("is-declaration-only") == "yes" else 2 + len(element)

    def scopes(self, element: ET.Element) -> list[ET.Element]:
        found = []
        while element in self.parent:
            element = self.parent[element]
            if element.tag in SCOPES:
                found.append(element)
        return found[::-1]

    def is_ours(self, element: ET.Element) -> bool:
        names = [scope.get("name") for scope in (*self.scopes(element), element)]
        return names[0] == "fabula" or not self.scopes(element)

    def keep_all(self) -> None:
        waiting = [
            element
            for element in self.root.iter("function-decl")
            if element.get("elf-symbol-id", "").startswith(PUBLIC) and self.parent[element].tag != "member-function"
        ]
        waiting += [
            self.parent[self.parent[element]]
            for element in self.root.iter("function-decl")
            if element.get("elf-symbol-id", "").startswith(PUBLIC) and self.parent[element].tag == "member-function"
        ]
        while waiting:
            element = waiting.pop()
            element = self.definition.get(element.get("id", ""), element)
            if element in self.kept:
                continue
            parts = [part for part in element if self.is_seen(element, part)]
            self.kept[element] = parts
            inside = [element, *(one for part in parts for one in part.iter())]
            for one in inside:
                for name in ("type-id", "naming-typedef-id", "method-class-id"):
                    if (of := one.get(name, "")) in self.definition:
                        waiting.append(self.definition[of])

    def is_seen(self, element: ET.Element, part: ET.Element) -> bool:
        if element.tag in ("class-decl", "union-decl"):
            if not self.is_ours(element) or part.tag == "member-type":
                return False
            if part.tag == "member-function":
                return part[0].get("elf-symbol-id", "").startswith(PUBLIC)
        return True

    def tree(self) -> ET.Element:
        out = ET.Element(self.root.tag, self.root.attrib)
        for part in self.root:
            if part.tag.startswith("elf-") and part.tag != "elf-needed":
                out.append(part)
        unit = ET.SubElement(out, "abi-instr", {"address-size": "64", "language": "LANG_C_plus_plus"})
        places: dict[tuple[str, ...], ET.Element] = {(): unit}
        for element in sorted(self.kept, key=self.sort_key):
            self.place(element, places)
        for element in self.kept:
            if element.tag in SCOPES:
                self.place(element, places).extend(self.kept[element])
        return out

    def path(self, element: ET.Element) -> tuple[str, ...]:
        return tuple(f"{one.tag} {one.get('id') or one.get('name')}" for one in (*self.scopes(element), element))

    def sort_key(self, element: ET.Element) -> tuple[str, ...]:
        names = [scope.get("name", "") for scope in (*self.scopes(element), element)]
        return ("::".join(names), element.tag, element.get("elf-symbol-id", ""), element.get("id", ""))

    def place(self, element: ET.Element, places: dict[tuple[str, ...], ET.Element]) -> ET.Element:
        chain = (*self.scopes(element), element)
        where = places[()]
        for depth, one in enumerate(chain):
            key = self.path(one) if one.tag in SCOPES else (*self.path(one), one.get("elf-symbol-id", ""), one.get("type-id", ""))
            if key not in places:
                if depth and chain[depth - 1].tag != "namespace-decl":
                    where = ET.SubElement(where, self.parent[one].tag, self.parent[one].attrib)
                if one.tag in SCOPES:
                    named = self.definition.get(one.get("id", ""), one)
                    places[key] = ET.SubElement(where, one.tag, named.attrib)
                else:
                    places[key] = one
                    where.append(one)
            where = places[key]
        return where


def main(path: str) -> None:
    record = Record(ET.parse(path).getroot())
    record.keep_all()
    tree = record.tree()
    ET.indent(tree, " ")
    ET.ElementTree(tree).write(path, encoding="utf-8")
    with open(path, "a") as file:
        file.write("\n")


main(sys.argv[1])
