/**
 * How much of a note's markup is looked at. Whoever may edit a layout writes it, and everybody who opens the layout has it read in their page, where
 * nothing else goes on meanwhile: a tenth of a second on a laptop is what a note may take.
 */
import { Lexer, type Token, Tokenizer, type Tokens } from 'marked';

/** Blocks are looked for in all that follows, one after the other: characters looked at, together. */
const MAX_LOOKED = 60_000_000;
/** Every row of a table has as many cells as its head, however short it is written. */
const MAX_CELLS = 10_000;
/** Lists and quotes in one another. */
const DEEPEST = 60;
/** A run of blanks is looked at once for each of them. */
const BLANKS = / {1500}/;
/** What the marks in one piece of text begin is looked for in the whole piece: marks times characters, of one piece and of all. */
const MAX_IN_PIECE = 600_000;
const MAX_IN_ALL = 5_000_000;
/** Whatever is not what prose consists of may begin something. */
const MARKS = /[^\p{L}\p{N}\s.,;'"()-]/gu;

export class TooMuchMarkup extends Error {
  constructor() {
    super('it has more markup than can be shown');
  }
}

/** Throws TooMuchMarkup where reading it would take long. */
export function tokensOf(text: string): Token[] {
  if (BLANKS.test(text)) throw new TooMuchMarkup();
  return new BoundedLexer({ gfm: true, breaks: true, tokenizer: new BoundedTokenizer() }).lex(text);
}

class BoundedLexer extends Lexer {
  #cost = 0;

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    const cost = costOf(src);
    if (cost <= MAX_IN_PIECE) {
      this.#count(cost);
      return super.inlineTokens(src, tokens);
    }
    // Line by line: marks that span lines are then only marks. A line that is still too much is text.
    for (const [index, line] of src.split('\n').entries()) {
      if (index > 0) tokens.push({ type: 'br', raw: '\n' });
      const own = costOf(line);
      if (own > MAX_IN_PIECE) tokens.push({ type: 'text', raw: line, text: line, escaped: false });
      else {
        this.#count(own);
        super.inlineTokens(line, tokens);
      }
    }
    return tokens;
  }

  #count(cost: number): void {
    this.#cost += cost;
    if (this.#cost > MAX_IN_ALL) throw new TooMuchMarkup();
  }
}

const costOf = (text: string): number => text.length * (text.match(MARKS)?.length ?? 0);

class BoundedTokenizer extends Tokenizer {
  #looked = 0;
  #depth = 0;

  /** The lexer asks for it first wherever a block may begin. */
  override space(src: string): Tokens.Space | undefined {
    this.#looked += src.length;
    if (this.#looked > MAX_LOOKED) throw new TooMuchMarkup();
    return super.space(src);
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#inside(() => super.blockquote(src));
  }

  override list(src: string): Tokens.List | undefined {
    return this.#inside(() => super.list(src));
  }

  override table(src: string): Tokens.Table | undefined {
    const [, head = '', , rows = ''] = this.rules.block.table.exec(src) ?? [];
    if (head.split('|').length * rows.split('\n').length > MAX_CELLS) throw new TooMuchMarkup();
    return super.table(src);
  }

  #inside<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new TooMuchMarkup();
    const token = read();
    this.#depth--;
    return token;
  }
}
