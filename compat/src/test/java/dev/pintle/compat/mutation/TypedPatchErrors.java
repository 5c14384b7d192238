package dev.pintle.compat.mutation;

import dev.pintle.compat.twin.Difference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is told of an applied configuration that is not of its kind. The real server walks maps of Go, which have no order, and ends
/// the walk of one at the first field that its schema does not have: which of the other faults it comes to first is chance, and
/// another try tells others.
final class TypedPatchErrors {
  private static final String START = "failed to create typed patch object";
  private static final String SEVERAL = ": errors:\n  ";
  private static final String UNDECLARED = ": field not declared in schema";

  private TypedPatchErrors() {}

  /// Whether two servers tell of the same faults, but for those that one did not come to.
  static boolean isChance(Difference difference) {
    if (!difference.real().startsWith(START) || !difference.pintle().startsWith(START)) {
      return false;
    }
    List<String> real = errors(difference.real());
    List<String> pintle = errors(difference.pintle());
    boolean allOfReal = pintle.containsAll(real);
    boolean allOfPintle = real.containsAll(pintle);
    if ((allOfReal && allOfPintle) || holders(real).equals(holders(pintle))) {
      return true;
    }
    return (allOfReal || allOfPintle) && anyUndeclared(real) && anyUndeclared(pintle);
  }

  private static boolean anyUndeclared(List<String> errors) {
    return errors.stream().anyMatch(error -> error.endsWith(UNDECLARED));
  }

  /// The errors, with the map in place of each field that is not declared in it: of several any may be the first.
  private static Set<String> holders(List<String> errors) {
    Set<String> holders = new HashSet<>();
    for (String error : errors) {
      boolean undeclared = error.endsWith(UNDECLARED);
      int name = undeclared ? error.lastIndexOf('.', error.length() - UNDECLARED.length() - 1) : 0;
      holders.add(undeclared && name > 0 ? error.substring(0, name) : error);
    }
    return holders;
  }

  private static List<String> errors(String message) {
    int several = message.indexOf(SEVERAL);
    if (several >= 0) {
      return List.of(message.substring(several + SEVERAL.length()).split("\n  ", -1));
    }
    return List.of(message.substring(message.indexOf("): ") + 3));
  }
}
