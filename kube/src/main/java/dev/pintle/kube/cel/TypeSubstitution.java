package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that parameters of types stand for, as far as they were found out. An attempt that fails leaves no trace.
final class TypeSubstitution {
  private final Map<String, CelType> bound = new HashMap<>();
  private final List<Change> trail = new ArrayList<>();
  private int fresh;

  private record Change(String name, @Nullable CelType before) {}

  CelType newParameter() {
    return CelType.parameter("_var" + fresh++);
  }

  /// The signature of a function with parameters of its own.
  List<CelType> instance(Overload overload) {
    Map<String, CelType> own = new HashMap<>();
    List<CelType> signature = new ArrayList<>();
    signature.add(renamed(overload.result(), own));
    overload.arguments().forEach(argument -> signature.add(renamed(argument, own)));
    return signature;
  }

  private CelType renamed(CelType type, Map<String, CelType> own) {
    if (type.kind() == Kind.PARAMETER) {
      return own.computeIfAbsent(type.name(), _ -> newParameter());
    }
    return type.parameters().isEmpty() ? type : with(type, part -> renamed(part, own));
  }

  private interface Rewriting {
    CelType of(CelType part);
  }

  private static CelType with(CelType type, Rewriting change) {
    return new CelType(
        type.kind(), type.name(), type.parameters().stream().map(change::of).toList());
  }

  /// The type with what its parameters stand for.
  ///
  /// @param openAsDyn whether what is not known becomes [CelType#DYN]
  CelType resolved(CelType type, boolean openAsDyn) {
    if (type.kind() == Kind.PARAMETER) {
      CelType known = bound.get(type.name());
      return known != null ? resolved(known, openAsDyn) : openAsDyn ? CelType.DYN : type;
    }
    return type.parameters().isEmpty() ? type : with(type, part -> resolved(part, openAsDyn));
  }

  boolean isAssignable(CelType one, CelType other) {
    return isAssignable(List.of(one), List.of(other));
  }

  boolean isAssignable(List<CelType> ones, List<CelType> others) {
    int mark = trail.size();
    boolean fits = fits(ones, others);
    while (!fits && trail.size() > mark) {
      Change change = trail.removeLast();
      if (change.before() == null) {
        bound.remove(change.name());
      } else {
        bound.put(change.name(), change.before());
      }
    }
    if (fits && mark == 0) {
      trail.clear();
    }
    return fits;
  }

  private boolean fits(List<CelType> ones, List<CelType> others) {
    boolean fits = ones.size() == others.size();
    for (int i = 0; fits && i < ones.size(); i++) {
      fits = fits(ones.get(i), others.get(i));
    }
    return fits;
  }

  private enum Standing {
    STANDS,
    NOT,
    /// It does not, and stands for something else already.
    TAKEN
  }

  private boolean fits(CelType one, CelType other) {
    if (other.kind() == Kind.PARAMETER) {
      Standing standing = standsFor(other, one);
      if (standing != Standing.NOT) {
        return standing == Standing.STANDS;
      }
    }
    if (one.kind() == Kind.PARAMETER) {
      return standsFor(one, other) == Standing.STANDS;
    }
    if (one.isDynOrError() || other.isDynOrError()) {
      return true;
    }
    if (one.kind() == Kind.NULL || other.kind() == Kind.NULL) {
      return isNullable(one) && isNullable(other);
    }
    return switch (one.kind()) {
      case TYPE -> other.kind() == Kind.TYPE;
      case OPAQUE, LIST, MAP ->
          one.kind() == other.kind()
              && one.name().equals(other.name())
              && fits(one.parameters(), other.parameters());
      case BOOL, INT, UINT, DOUBLE, STRING, BYTES -> one.kind() == other.kind();
      case DURATION, TIMESTAMP, STRUCT -> one.equals(other);
      case NULL, DYN, ERROR, PARAMETER -> true;
    };
  }

  private static boolean isNullable(CelType type) {
    return switch (type.kind()) {
      case NULL, OPAQUE, STRUCT, DURATION, TIMESTAMP -> true;
      case BOOL, INT, UINT, DOUBLE, STRING, BYTES -> type.isWrapper();
      case DYN, ERROR, LIST, MAP, TYPE, PARAMETER -> false;
    };
  }

  private Standing standsFor(CelType parameter, CelType type) {
    if (parameter.equals(type)) {
      return Standing.STANDS;
    }
    CelType known = bound.get(parameter.name());
    if (known == null) {
      if (occurs(parameter, type)) {
        return Standing.NOT;
      }
      bind(parameter, type);
      return Standing.STANDS;
    }
    if (type.equals(known)) {
      return Standing.STANDS;
    }
    if (!fits(type, known)) {
      return Standing.TAKEN;
    }
    CelType general = moreGeneral(type, known);
    if (!occurs(parameter, general)) {
      bind(parameter, general);
    }
    return Standing.STANDS;
  }

  private void bind(CelType parameter, CelType type) {
    trail.add(new Change(parameter.name(), bound.put(parameter.name(), type)));
  }

  private boolean occurs(CelType parameter, CelType type) {
    if (parameter.equals(type)) {
      return true;
    }
    if (type.kind() == Kind.PARAMETER) {
      CelType known = bound.get(type.name());
      return known != null && occurs(parameter, known);
    }
    return type.parameters().stream().anyMatch(part -> occurs(parameter, part));
  }

  /// Of two types that fit the one that says less.
  static CelType moreGeneral(CelType one, CelType other) {
    return saysNoMore(one, other) ? one : other;
  }

  private static boolean saysNoMore(CelType one, CelType other) {
    if (one.kind() == Kind.DYN || one.kind() == Kind.PARAMETER) {
      return true;
    }
    if (other.kind() == Kind.DYN
        || other.kind() == Kind.PARAMETER
        || one.kind() != other.kind()
        || !one.name().equals(other.name())
        || one.parameters().size() != other.parameters().size()) {
      return false;
    }
    if (one.kind() == Kind.TYPE) {
      return true;
    }
    for (int i = 0; i < one.parameters().size(); i++) {
      if (!saysNoMore(one.parameters().get(i), other.parameters().get(i))) {
        return false;
      }
    }
    return true;
  }
}
