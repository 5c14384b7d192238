package dev.pintle.kube.verb;

import dev.pintle.kube.instance.QuickExpressions;
import dev.pintle.kube.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// The check of an object against the rules of its kind. A request that others were asked about is not begun anew for expressions that take
/// long: only the check is done again, in the client's turn.
final class RulesInTurn {
  private RulesInTurn() {}

  /// @param rules what is wrong, and takes warnings
  static List<Cause> wrong(
      VerbContext context,
      ApiRequest request,
      Consumer<String> warnings,
      Function<Consumer<String>, List<Cause>> rules) {
    if (request.notes().asked() == 0) {
      return rules.apply(warnings);
    }
    Checked checked =
        QuickExpressions.orInstead(
            () -> check(rules),
            () -> context.bulk().goOn(request.caller().name(), () -> check(rules)));
    checked.warnings().forEach(warnings);
    return checked.wrong();
  }

  private record Checked(List<Cause> wrong, List<String> warnings) {}

  private static Checked check(Function<Consumer<String>, List<Cause>> rules) {
    List<String> warnings = new ArrayList<>(0);
    return new Checked(rules.apply(warnings::add), warnings);
  }
}
