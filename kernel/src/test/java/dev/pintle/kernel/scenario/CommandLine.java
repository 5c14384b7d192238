package dev.pintle.kernel.scenario;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words of scenarios as commands.
final class CommandLine {
  private CommandLine() {}

  static Command.Put put(Words words) {
    Bytes key = Bytes.utf8(words.next());
    boolean keepValue = words.takes("keep-value");
    Bytes value = keepValue ? Bytes.EMPTY : Bytes.utf8(words.next());
    boolean keepLease = words.takes("keep-lease");
    long lease = words.option("lease").map(Long::parseLong).orElse(0L);
    return new Command.Put(key, value, lease, words.takes("prev"), keepValue, keepLease);
  }

  static Command.DeleteRange delete(Words words) {
    return new Command.DeleteRange(words.nextRange(), words.takes("prev"));
  }

  static RangeRequest get(Words words) {
    RangeRequest request = RangeRequest.of(words.nextRange());
    long revision = words.option("rev").map(Long::parseLong).orElse(0L);
    long limit = words.option("limit").map(Long::parseLong).orElse(0L);
    Sort sort = words.option("sort").map(CommandLine::sort).orElse(Sort.BY_KEY);
    RevisionWindow modified = window(words.option("mod"));
    RevisionWindow created = window(words.option("created"));
    return new RangeRequest(
        request.range(), revision, limit, sort, content(words), modified, created);
  }

  private static Content content(Words words) {
    if (words.takes("keys")) {
      return Content.KEYS_ONLY;
    }
    return words.takes("count") ? Content.COUNT_ONLY : Content.KEYS_AND_VALUES;
  }

  private static Sort sort(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    int colon = upper.indexOf(':');
    return new Sort(
        SortOrder.valueOf(upper.substring(colon + 1)),
        SortTarget.valueOf(upper.substring(0, colon)));
  }

  private static RevisionWindow window(Optional<String> word) {
    if (word.isEmpty()) {
      return RevisionWindow.ANY;
    }
    int dots = word.get().indexOf("..");
    return new RevisionWindow(
        end(word.get().substring(0, dots)), end(word.get().substring(dots + 2)));
  }

  private static long end(String word) {
    return word.isEmpty() ? 0 : Long.parseLong(word);
  }

  /// `if mod a = 2 & value b..d < x then put a 1 ; get a else del b end`; every part but `end` may be missing.
  static Txn txn(Words words) {
    List<Compare> guards = new ArrayList<>();
    if (words.takes("if")) {
      do {
        guards.add(guard(words));
      } while (words.takes("&"));
    }
    List<Operation> then = words.takes("then") ? operations(words) : List.of();
    List<Operation> otherwise = words.takes("else") ? operations(words) : List.of();
    if (!words.takes("end")) {
      throw new IllegalArgumentException("txn: goes on with " + words.next() + " (expected: end)");
    }
    return new Txn(guards, then, otherwise);
  }

  private static Compare guard(Words words) {
    Target target = Target.valueOf(words.next().toUpperCase(Locale.ROOT));
    var range = words.nextRange();
    Relation relation = relation(words.next());
    String operand = words.next();
    return target == Target.VALUE
        ? new Compare(range, target, relation, 0, Bytes.utf8(operand))
        : new Compare(range, target, relation, Long.parseLong(operand), Bytes.EMPTY);
  }

  private static Relation relation(String word) {
    return switch (word) {
      case "=" -> Relation.EQUAL;
      case "!=" -> Relation.NOT_EQUAL;
      case ">" -> Relation.GREATER;
      case "<" -> Relation.LESS;
      default -> throw new IllegalArgumentException("relation: " + word + " (expected: = != > <)");
    };
  }

  private static List<Operation> operations(Words words) {
    List<Operation> operations = new ArrayList<>();
    if (words.startsWith("end") || words.startsWith("else")) {
      return operations;
    }
    do {
      operations.add(operation(words));
    } while (words.takes(";"));
    return operations;
  }

  private static Operation operation(Words words) {
    String word = words.next();
    return switch (word) {
      case "put" -> put(words);
      case "del" -> delete(words);
      case "get" -> new Command.Range(get(words));
      case "txn" -> txn(words);
      default -> throw new IllegalArgumentException("operation: " + word);
    };
  }
}
