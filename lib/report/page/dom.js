// SPDX-License-Identifier: Apache-2.0
// Elements. All text goes in as text: nothing here reads markup.

const byId = (id) => document.getElementById(id);

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false)
            continue;
        if (name.startsWith("on"))
            element.addEventListener(name.slice(2), value);
        else
            element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
}

const el = (tag, attributes = {}, ...children) =>
    fill(document.createElement(tag), attributes, children);

const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/** Text of articles, in its own direction, which ends where it ends. */
const own = (text, attributes = {}) => el("bdi", attributes, text);

/** Says something to those who do not see the page. */
function say(sentence) {
    byId("said").textContent = sentence;
}

const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** A list that draws so many at a time, with a button for more. */
function growingList(list, items, draw, step, noun) {
    let shown = 0;
    const more = el("button", {type: "button", class: "more"});
    const grow = (by, moveFocus) => {
        const from = shown;
        shown = Math.min(items.length, shown + by);
        const fresh = items.slice(from, shown).map(draw);
        list.append(...fresh);
        more.hidden = shown === items.length;
        more.textContent = `Show ${Math.min(step, items.length - shown)} more of ${
            (items.length - shown).toLocaleString("en")} ${noun}`;
        if (moveFocus && fresh.length > 0)
            fresh[0].querySelector("a, button")?.focus();
    };
    more.addEventListener("click", () => grow(step, true));
    grow(step, false);
    return more;
}

/** Fewer calls while someone types. */
function calmly(work, milliseconds) {
    let waiting = 0;
    return (...given) => {
        clearTimeout(waiting);
        waiting = setTimeout(() => work(...given), milliseconds);
    };
}
