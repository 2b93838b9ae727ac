import { layerRules } from './scripts/layer-rules.ts';
import { layers } from './scripts/layers.ts';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: layerRules(layers),
  options: {
    // Types count: a layer that only borrows a type already knows too much.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(out|dist|coverage|test-results|test/fixtures|[.]tsbuild|[.]git)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
