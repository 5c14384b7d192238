package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The costs of calls at most, by function and, where upstream does, by form of the function.
final class CallEstimates {
  private static final double TRAVERSAL = CallCosts.TRAVERSAL;
  private static final double PATTERN = CallCosts.PATTERN;
  private static final SizeEstimate ADDRESS_BYTES = new SizeEstimate(4, 16);
  private static final long FORMAT_MAX = 64;
  private static final long FORMAT_PATTERN_MAX = 128;

  private final Estimator estimator;

  CallEstimates(Estimator estimator) {
    this.estimator = estimator;
  }

  CallEstimate of(
      String function,
      String overload,
      @Nullable EstimatedNode target,
      List<EstimatedNode> arguments) {
    CallEstimate ofList = ofLists(overload, target, arguments);
    if (ofList != null) {
      return ofList;
    }
    CallEstimate byFunction =
        target == null
            ? ofFunction(function, arguments)
            : ofMember(function, overload, target, arguments);
    return byFunction != null ? byFunction : ofOverload(overload, target, arguments);
  }

  private SizeEstimate size(EstimatedNode part) {
    if (part.size() != null) {
      return part.size();
    }
    SizeEstimate declared = estimator.declaredSize(part.path());
    return declared == null ? SizeEstimate.UNKNOWN : declared;
  }

  /// The functions of lists that make lists.
  private @Nullable CallEstimate ofLists(
      String overload, @Nullable EstimatedNode target, List<EstimatedNode> arguments) {
    return switch (overload) {
      case "list_slice" -> {
        if (target == null) {
          yield null;
        }
        long from = arguments.getFirst().number(0);
        long to = arguments.getLast().number(size(target).most());
        yield allocating(1, SizeEstimate.of(to - from));
      }
      case "lists_range" ->
          allocating(1, SizeEstimate.of(arguments.getFirst().number(SizeEstimate.MOST)));
      case "list_reverse" -> target == null ? null : allocating(1, size(target));
      case "list_flatten", "list_flatten_int" -> {
        double depth =
            arguments.isEmpty()
                ? 1
                : SizeEstimate.toDouble(arguments.getFirst().number(SizeEstimate.MOST));
        yield target == null ? null : allocating(depth, size(target));
      }
      case "list_distinct" ->
          target == null ? null : allocating(2, size(target).times(size(target)));
      case String name when name.endsWith("_sort") -> target == null ? null : sorting(name, target);
      case String name when name.endsWith("_sortByAssociatedKeys") ->
          target == null ? null : sorting(name, arguments.getFirst());
      case "list_sets_contains_list", "list_sets_intersects_list" -> sets(arguments, 1);
      case "list_sets_equivalent_list" -> sets(arguments, 2);
      default -> null;
    };
  }

  private static CallEstimate allocating(double factor, SizeEstimate size) {
    return new CallEstimate(
        size.times(factor).plus(SizeEstimate.ONE).plus(Estimator.LIST_COST), size);
  }

  /// By the form of the function, whatever is known of the list.
  private CallEstimate sorting(String overload, EstimatedNode keys) {
    boolean textual = overload.startsWith("list_string_") || overload.startsWith("list_bytes_");
    return allocating(textual ? 2 + TRAVERSAL : 2, size(keys).times(size(keys)));
  }

  private CallEstimate sets(List<EstimatedNode> arguments, double factor) {
    SizeEstimate pairs = size(arguments.getFirst()).times(size(arguments.getLast()));
    return CallEstimate.of(pairs.times(factor).plus(SizeEstimate.ONE));
  }

  private @Nullable CallEstimate ofFunction(String function, List<EstimatedNode> arguments) {
    return switch (function) {
      case "quantity", "isQuantity", "cidr", "isIP", "isCIDR", "ip", "semver", "isSemver" ->
          CallEstimate.of(size(arguments.getFirst()).times(TRAVERSAL));
      case "ip.isCanonical" -> CallEstimate.of(size(arguments.getFirst()).times(2 * TRAVERSAL));
      case "url" -> {
        SizeEstimate size = size(arguments.getFirst());
        yield new CallEstimate(size.times(TRAVERSAL), size);
      }
      case "sign", "format.named" -> CallEstimate.NOMINAL;
      case "_==_" -> comparison(arguments.getFirst(), arguments.getLast());
      default -> null;
    };
  }

  /// Values of the libraries' types are compared at once, those that are long as texts of that length.
  private static @Nullable CallEstimate comparison(EstimatedNode left, EstimatedNode right) {
    CelType type = left.type();
    if (!type.equals(right.type())) {
      return null;
    }
    if (type.equals(CelType.QUANTITY)
        || type.equals(CelType.ADDRESS)
        || type.equals(CelType.ADDRESS_RANGE)
        || type.equals(CelType.VERSION)) {
      return CallEstimate.NOMINAL;
    }
    if (type.equals(CelType.FORMAT)) {
      return CallEstimate.of(new SizeEstimate(1, FORMAT_MAX).times(TRAVERSAL));
    }
    if (type.equals(CelType.URL)) {
      SizeEstimate size = right.size();
      return CallEstimate.of(new SizeEstimate(1, size == null ? 1 : size.most()).times(TRAVERSAL));
    }
    return null;
  }

  /// @param written whether a text has to be read first
  private CallEstimate contains(List<EstimatedNode> arguments, boolean range, boolean written) {
    SizeEstimate cost = ADDRESS_BYTES.plus(ADDRESS_BYTES).times(TRAVERSAL);
    if (range) {
      cost = cost.plus(ADDRESS_BYTES.times(TRAVERSAL)).plus(SizeEstimate.ONE);
    }
    EstimatedNode other = arguments.getFirst();
    return CallEstimate.of(written ? cost.plus(size(other).times(TRAVERSAL)) : cost);
  }

  private @Nullable CallEstimate ofMember(
      String function, String overload, EstimatedNode target, List<EstimatedNode> arguments) {
    return switch (function) {
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> overItems(target);
      case "lowerAscii", "upperAscii", "substring", "trim" ->
          new CallEstimate(size(target).times(TRAVERSAL), size(target));
      case "replace" -> replace(target, arguments);
      case "split" -> {
        SizeEstimate size = size(target);
        long most = size.most();
        if (arguments.size() > 1
            && arguments.getLast().expression()
                instanceof Expression.Constant(_, Value.Int(long parts))) {
          most = parts;
        }
        yield new CallEstimate(size.times(2 * TRAVERSAL), new SizeEstimate(0, most));
      }
      case "join" -> join(target, arguments);
      case "find", "findAll" -> {
        SizeEstimate size = size(target);
        SizeEstimate cost =
            size.plus(SizeEstimate.ONE)
                .times(TRAVERSAL)
                .times(size(arguments.getFirst()).times(PATTERN));
        yield new CallEstimate(cost, new SizeEstimate(0, size.most()));
      }
      case "asInteger",
          "isInteger",
          "asApproximateFloat",
          "isGreaterThan",
          "isLessThan",
          "compareTo",
          "add",
          "sub",
          "major",
          "minor",
          "patch",
          "ip",
          "masked",
          "prefixLength",
          "family",
          "isUnspecified",
          "isLoopback",
          "isLinkLocalMulticast",
          "isLinkLocalUnicast",
          "isGlobalUnicast",
          "getScheme",
          "getHostname",
          "getHost",
          "getPort",
          "getEscapedPath",
          "getQuery" ->
          CallEstimate.NOMINAL;
      case "containsIP" -> contains(arguments, false, overload.equals("cidr_contains_ip_string"));
      case "containsCIDR" ->
          contains(arguments, true, overload.equals("cidr_contains_cidr_string"));
      case "validate" ->
          CallEstimate.of(
              size(arguments.getFirst()).times(TRAVERSAL).times(FORMAT_PATTERN_MAX * PATTERN));
      default -> null;
    };
  }

  private CallEstimate overItems(EstimatedNode target) {
    if (target.type().parameters().isEmpty()) {
      return CallEstimate.of(size(target).times(TRAVERSAL));
    }
    EstimatedNode item = item(target);
    SizeEstimate each = SizeEstimate.ONE;
    if (item.type().kind() == Kind.STRING || item.type().kind() == Kind.BYTES) {
      each = each.plus(size(item).times(TRAVERSAL));
    }
    return CallEstimate.of(size(target).times(each));
  }

  private static EstimatedNode item(EstimatedNode list) {
    List<String> path =
        list.path().isEmpty() ? List.of() : LocalEstimates.under(list.path(), "@items");
    return new EstimatedNode(null, path, list.type().parameters().getFirst(), null);
  }

  private CallEstimate replace(EstimatedNode target, List<EstimatedNode> arguments) {
    SizeEstimate size = size(target);
    SizeEstimate old = size(arguments.getFirst());
    SizeEstimate next = size(arguments.get(1));
    long timesMost = 0;
    long keptMost = 0;
    if (old.least() == 0) {
      timesMost = SizeEstimate.sum(size.most(), 1);
      keptMost = size.most();
    } else if (Long.compareUnsigned(next.most(), old.least()) <= 0) {
      keptMost = size.most();
    } else {
      timesMost = quotient(size.most(), old.least());
    }
    long timesLeast = 0;
    long keptLeast = 0;
    if (old.most() == 0) {
      timesLeast = SizeEstimate.sum(size.least(), 1);
      keptLeast = size.least();
    } else if (Long.compareUnsigned(old.most(), next.least()) <= 0) {
      keptLeast = size.least();
    } else {
      timesLeast = quotient(size.least(), old.most());
    }
    SizeEstimate made =
        new SizeEstimate(timesLeast, timesMost)
            .times(next)
            .plus(new SizeEstimate(keptLeast, keptMost));
    return new CallEstimate(size.times(2 * TRAVERSAL), made);
  }

  private static long quotient(long dividend, long divisor) {
    return SizeEstimate.product(
        1, SizeEstimate.toDouble(dividend) / SizeEstimate.toDouble(divisor));
  }

  private CallEstimate join(EstimatedNode target, List<EstimatedNode> arguments) {
    SizeEstimate count = size(target);
    SizeEstimate made =
        target.type().parameters().isEmpty() ? SizeEstimate.NONE : count.times(size(item(target)));
    if (!arguments.isEmpty()) {
      SizeEstimate separators =
          new SizeEstimate(
              count.least() == 0 ? 0 : count.least() - 1, count.most() == 0 ? 0 : count.most() - 1);
      made = made.plus(size(arguments.getFirst()).times(separators));
    }
    return new CallEstimate(made.times(TRAVERSAL), made);
  }

  private static SizeEstimate own(EstimatedNode part) {
    return part.size() == null ? SizeEstimate.UNKNOWN : part.size();
  }

  private static CallEstimate ofOverload(
      String overload, @Nullable EstimatedNode target, List<EstimatedNode> arguments) {
    return switch (overload) {
      case "string_format" ->
          target == null ? CallEstimate.NOMINAL : CallEstimate.of(own(target).times(TRAVERSAL));
      case "string_to_bytes" -> {
        SizeEstimate size = own(arguments.getFirst());
        yield new CallEstimate(
            size.times(TRAVERSAL), new SizeEstimate(size.least(), size.most() * 4));
      }
      case "bytes_to_string" -> {
        SizeEstimate size = own(arguments.getFirst());
        yield new CallEstimate(
            size.times(TRAVERSAL), new SizeEstimate(size.least() >>> 2, size.most()));
      }
      case "strings_quote" -> {
        SizeEstimate size = own(arguments.getFirst());
        yield new CallEstimate(
            size.times(TRAVERSAL), new SizeEstimate(size.least() + 2, size.most() * 2 + 2));
      }
      case "starts_with_string", "ends_with_string" ->
          CallEstimate.of(own(arguments.getFirst()).times(TRAVERSAL));
      case "in_list" -> CallEstimate.of(own(arguments.getLast()));
      case "matches" -> matches(arguments.getFirst(), arguments.getLast());
      case "matches_string" ->
          target == null ? CallEstimate.NOMINAL : matches(target, arguments.getFirst());
      case "contains_string" ->
          target == null
              ? CallEstimate.NOMINAL
              : CallEstimate.of(
                  own(target).times(TRAVERSAL).times(own(arguments.getFirst()).times(TRAVERSAL)));
      case "add_string", "add_bytes" -> {
        SizeEstimate made = own(arguments.getFirst()).plus(own(arguments.getLast()));
        yield new CallEstimate(made.times(TRAVERSAL), made);
      }
      case "add_list" ->
          new CallEstimate(
              SizeEstimate.ONE, own(arguments.getFirst()).plus(own(arguments.getLast())));
      case "less_string",
          "greater_string",
          "less_equals_string",
          "greater_equals_string",
          "less_bytes",
          "greater_bytes",
          "less_equals_bytes",
          "greater_equals_bytes",
          "equals",
          "not_equals" ->
          comparison(own(arguments.getFirst()), own(arguments.getLast()));
      default -> CallEstimate.NOMINAL;
    };
  }

  private static CallEstimate matches(EstimatedNode text, EstimatedNode pattern) {
    return CallEstimate.of(
        own(text).plus(SizeEstimate.ONE).times(TRAVERSAL).times(own(pattern).times(PATTERN)));
  }

  private static CallEstimate comparison(SizeEstimate left, SizeEstimate right) {
    long most = SizeEstimate.lesser(left.most(), right.most());
    return CallEstimate.of(new SizeEstimate(most == 0 ? 0 : 1, most).times(TRAVERSAL));
  }
}
