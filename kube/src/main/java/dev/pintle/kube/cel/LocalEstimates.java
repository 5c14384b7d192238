package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The estimates of local variables, those of comprehensions and binds, while they are in scope.
final class LocalEstimates {
  private final Map<String, Deque<Local>> locals = new HashMap<>();

  /// An estimate of one variable.
  ///
  /// @param path in the schema at which its value stands, empty where that is not known
  record Local(List<String> path, @Nullable SizeEstimate size, @Nullable EntrySizes entries) {}

  /// The estimate of an expression that is a local variable; null for any other expression.
  @Nullable Local of(Expression expression) {
    if (!(expression instanceof Expression.Ident(_, String name))) {
      return null;
    }
    Deque<Local> known = locals.get(name);
    return known == null ? null : known.peek();
  }

  void enter(String name, Local local) {
    locals.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(local);
  }

  void leave(String name) {
    Deque<Local> known = locals.get(name);
    if (known != null) {
      known.pop();
    }
  }

  /// Brings the variables of a comprehension into scope.
  ///
  /// @param path of what it ranges over
  /// @param held sizes of its entries, null where they are not known
  void enterItems(
      Expression.Comprehension fold, List<String> path, @Nullable EntrySizes held, Kind container) {
    boolean list = container == Kind.LIST;
    SizeEstimate keys = held == null ? null : held.key();
    SizeEstimate values = held == null ? null : held.value();
    String second = fold.second();
    if (second == null) {
      Local item =
          list
              ? new Local(under(path, "@items"), values, null)
              : new Local(under(path, "@keys"), keys, null);
      enter(fold.first(), item);
      return;
    }
    enter(fold.first(), new Local(under(path, list ? "@indices" : "@keys"), keys, null));
    enter(second, new Local(under(path, list ? "@items" : "@values"), values, null));
  }

  static List<String> under(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
