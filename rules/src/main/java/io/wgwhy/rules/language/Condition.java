package io.wgwhy.rules.language;

import io.wgwhy.rules.language.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One condition of a pattern, what stands between its commas: {@code $n : arrived.count}, {@code
 * kind == Kind.NO_HANDSHAKE || kind == Kind.UNSTABLE}. Properties, constants, bindings,
 * comparisons, {@code &&}, {@code ||}, brackets, plus, minus and times: nothing else is there, so
 * nothing else can be done.
 */
final class Condition {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> WORDS = Set.of("contains", "memberOf", "in", "not");
  static final String OTHERS =
      "conditions compare properties by ==, !=, <, <=, >, >=, contains, memberOf or in";

  private final Cursor cursor;
  private final Operands operands;
  private final Map<String, Class<?>> known;
  private final Set<String> unsure;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final Map<String, Side> bound = new HashMap<>();

  private Condition(
      Cursor cursor, Operands operands, Map<String, Class<?>> known, Set<String> unsure) {
    this.cursor = cursor;
    this.operands = operands;
    this.known = known;
    this.unsure = unsure;
  }

  /**
   * Reads a condition.
   *
   * @param kind what the pattern asks for
   * @param known the types of what was bound before
   * @param unsure what of it may be null
   */
  static Condition read(
      String text, Class<?> kind, Imports imports, Map<String, Class<?>> known, Set<String> unsure)
      throws Refused {
    Cursor cursor = new Cursor(Token.of(text));
    Operands operands = new Operands(kind, imports, known, cursor);
    Condition read = new Condition(cursor, operands, known, unsure);
    read.whole();
    return read;
  }

  List<Comparison> comparisons() {
    return comparisons;
  }

  /** What it binds. */
  Map<String, Side> bound() {
    return bound;
  }

  private void whole() throws Refused {
    if (cursor.peek().kind() == Kind.BINDING && cursor.peekFurther().is(":")) {
      String name = cursor.take().text();
      cursor.take();
      Side side = operands.path();
      if (operands.passedNull()) { // the compiler does not mind it in what is bound
        throw new Refused(
            name, "bind what may be null itself; a sentence then says {{" + name + ".property}}");
      }
      if (known.containsKey(name)) {
        throw new Refused(name, name + " is bound already: compare with it by ==");
      }
      bound.put(name, side);
      if (cursor.peek().kind() != Kind.END) {
        comparison(side, true);
      }
    } else {
      either(true);
    }
    if (cursor.peek().kind() != Kind.END) {
      throw Cursor.refused(cursor.peek(), OTHERS);
    }
  }

  private void either(boolean certain) throws Refused {
    int before = comparisons.size();
    both(certain);
    while (cursor.peek().is("||")) {
      cursor.take();
      for (int i = before; i < comparisons.size(); i++) {
        Comparison it = comparisons.get(i);
        comparisons.set(i, new Comparison(it.left(), it.sign(), it.right(), false));
      }
      both(false);
    }
  }

  private void both(boolean certain) throws Refused {
    one(certain);
    while (cursor.peek().is("&&")) {
      cursor.take();
      one(certain);
    }
  }

  private void one(boolean certain) throws Refused {
    if (cursor.peek().is("(")) {
      cursor.take();
      either(certain);
      cursor.expect(")");
    } else {
      comparison(sum(), certain);
    }
  }

  private void comparison(Side left, boolean certain) throws Refused {
    Token sign = cursor.take();
    String word = sign.text();
    if (sign.is("not")) {
      sign = cursor.take();
      word = "not " + sign.text();
      if (!WORDS.contains(sign.text()) || sign.is("not")) {
        throw Cursor.refused(sign, OTHERS);
      }
    } else if (!COMPARISONS.contains(word) && !WORDS.contains(word)) {
      throw Cursor.refused(sign, OTHERS);
    }
    if (sign.is("in")) {
      cursor.expect("(");
      do {
        Side side = operands.next();
        fit(left, "==", side);
        comparisons.add(new Comparison(left, word, side, false));
      } while (cursor.takes(","));
      cursor.expect(")");
      return;
    }
    Side right = sum();
    fit(left, word, right);
    comparisons.add(new Comparison(left, word, right, certain));
  }

  private Side sum() throws Refused {
    Side side = operands.next();
    while (cursor.peek().is("+") || cursor.peek().is("-") || cursor.peek().is("*")) {
      Token sign = cursor.take();
      Side other = operands.next();
      if (!Types.mayBeNumber(side.type()) || !Types.mayBeNumber(other.type())) {
        throw Cursor.refused(sign, "only numbers are reckoned with");
      }
      for (Side one : new Side[] {side, other}) {
        if (one.nullable() || unsure.contains(String.valueOf(one.binding()))) {
          throw Cursor.refused(sign, "what may be null is not reckoned with");
        }
      }
      side = new Side(Integer.class, null, null, null);
    }
    return side;
  }

  private static void fit(Side left, String sign, Side right) throws Refused {
    String wrong = Types.wrong(left.type(), sign, right.type(), isNull(left) || isNull(right));
    if (wrong != null) {
      String word = left.property() != null ? left.property() : String.valueOf(left.binding());
      // As it stands there: between the parts of a path there may be more than a dot.
      throw new Refused(word.substring(word.lastIndexOf('.') + 1), wrong);
    }
  }

  private static boolean isNull(Side side) {
    return "null".equals(side.constant());
  }
}
