import { describe, expect, test } from 'vitest';
import { layerRules } from '../../scripts/layer-rules.ts';
import { layers } from '../../scripts/layers.ts';
import { companions, plants } from './plants.ts';
import { soundTree } from './sound-tree.ts';
import { inProject, plantTree } from './tree.ts';

interface Violation {
  from: string;
  rule: { name: string };
  /** The files of a circle; dependency-cruiser names one circle once, from whichever end. */
  cycle?: { name: string }[];
}

const rules = layerRules(layers);

/** What the project's own dependency-cruiser settings say about a sound tree with these files in it. */
function violationsWith(files: Readonly<Record<string, string>>): Violation[] {
  using tree = plantTree();
  tree.write({ ...soundTree, ...files });
  const config = inProject('.dependency-cruiser.js');
  const output = tree.run('depcruise', ['.', '--config', config, '--output-type', 'json']);
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('layer rules', () => {
  const planted = Object.fromEntries(plants.map(({ file, text }) => [file, text]));
  const found = violationsWith({ ...planted, ...companions });

  test('a tree that keeps the rules passes', () => {
    expect(violationsWith({})).toEqual([]);
  });

  test.each(plants)('$rule objects when $sentence', ({ file, rule }) => {
    const objections = found.filter(
      ({ from, cycle = [] }) => from === file || cycle.some(({ name }) => name === file),
    );
    expect(objections.map((violation) => violation.rule.name)).toContain(rule);
  });

  test('nothing but what was planted is objected to', () => {
    const expected = { ...planted, ...companions };
    expect(found.map(({ from }) => from).filter((file) => !(file in expected))).toEqual([]);
  });

  test('every rule has a plant that breaks it', () => {
    const broken = new Set(plants.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  test('every rule but a misspelt name says where to read', () => {
    for (const { name, comment } of rules)
      if (name !== 'not-found') expect(comment, name).toContain('ARCHITECTURE.md');
  });
});
