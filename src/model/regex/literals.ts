import type { Node } from './ast';

/**
 * Texts that stand in everything a pattern matches, in lower case: what runs through its sequences without a choice. A
 * subject without one of them (in lower case) is refused without running the matcher.
 */
export function literals(root: Node): readonly string[] {
  const runs = new Runs();
  runs.visit(root);
  return runs.ended();
}

class Runs {
  private readonly found: string[] = [];
  private run = '';

  visit(node: Node): void {
    switch (node.kind) {
      case 'char':
        this.run += String.fromCharCode(node.code).toLowerCase();
        break;
      case 'sequence':
        for (const item of node.items) this.visit(item);
        break;
      case 'capture':
      case 'atomic':
        this.visit(node.body);
        break;
      case 'assert':
        // takes no byte: what stands on both sides of it is one text
        break;
      case 'set':
        if (node.written >= 0) this.run += String.fromCharCode(node.written).toLowerCase();
        else this.end();
        break;
      case 'repeat':
        this.end();
        if (node.min > 0) this.visit(node.body);
        this.end();
        break;
      default:
        this.end();
    }
  }

  ended(): readonly string[] {
    this.end();
    return this.found;
  }

  private end(): void {
    if (this.run !== '') this.found.push(this.run);
    this.run = '';
  }
}
