import { LinkNode } from '@lexical/link';
import { ListItemNode, ListNode } from '@lexical/list';
import { HeadingNode, QuoteNode } from '@lexical/rich-text';
import { TableCellNode, TableNode, TableRowNode } from '@lexical/table';
import type { Klass, LexicalNode } from 'lexical';
import { ConflictNode, DividerNode, EmbedNode, ImageNode } from './card-nodes.tsx';
import { NoteNode, PullQuoteNode } from './text-block-nodes.ts';

/** Every kind of node that can stand in a body, beside Lexical's own paragraph, text and line break. */
export const BODY_NODES: Klass<LexicalNode>[] = [
  HeadingNode,
  QuoteNode,
  PullQuoteNode,
  NoteNode,
  ListNode,
  ListItemNode,
  LinkNode,
  TableNode,
  TableRowNode,
  TableCellNode,
  DividerNode,
  ImageNode,
  EmbedNode,
  ConflictNode,
];
