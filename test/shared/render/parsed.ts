import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

function walk(nodes: readonly Node[], visit: (node: Node) => void): void {
  for (const node of nodes) {
    visit(node);
    if ('childNodes' in node) walk(node.childNodes, visit);
  }
}

/** What a browser would make of the HTML: its elements, and its text without the line breaks between blocks. */
export function parsed(html: string): { elements: Element[]; text: string; comments: number } {
  const elements: Element[] = [];
  let text = '';
  let comments = 0;
  walk(parseFragment(html).childNodes, (node) => {
    if ('tagName' in node) elements.push(node);
    else if (node.nodeName === '#text') text += node.value;
    else comments += 1;
  });
  return { elements, text, comments };
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}
