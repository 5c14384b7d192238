package dev.pintle.kube.cel;

import dev.pintle.kube.cel.CelType.Kind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The finder of the type of every part of an expression, and of what does not fit.
final class Checker {
  // A macro can double what it stands on, so the text alone does not bound the work.
  private static final int PARTS_MAX = 1_000_000;

  private final StructTypes schemas;
  private final ExpressionErrors complaints;
  private final TypeSubstitution bindings = new TypeSubstitution();
  private final Scopes scopes;
  private final OverloadResolver overloads;
  private final IterationTypes iterated;
  private final IdentityHashMap<Expression, CelType> types = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, String> functions = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, String> typeNames = new IdentityHashMap<>();
  private int parts;

  private Checker(Environment environment, StructTypes schemas, ExpressionErrors complaints) {
    this.schemas = schemas;
    this.complaints = complaints;
    this.scopes = new Scopes(environment.variables());
    this.overloads = new OverloadResolver(environment, bindings, complaints);
    this.iterated = new IterationTypes(bindings, complaints);
  }

  /// @param complaints told of what is wrong
  static Checked check(
      Expression expression,
      Environment environment,
      StructTypes schemas,
      ExpressionErrors complaints) {
    Checker checker = new Checker(environment, schemas, complaints);
    checker.type(expression);
    checker.types.replaceAll((_, type) -> checker.bindings.resolved(type, true));
    return new Checked(
        expression,
        checker.types,
        checker.overloads.chosen(),
        checker.functions,
        checker.typeNames,
        checker.scopes.used());
  }

  private CelType type(Expression expression) {
    if (++parts > PARTS_MAX) {
      throw new CelException("expression recursion limit exceeded: " + PARTS_MAX, -1);
    }
    CelType type =
        switch (expression) {
          case Expression.Constant(_, Value value) -> Constants.type(value);
          case Expression.Ident(int at, String name) -> name(expression, name, at);
          case Expression.Select select -> select(select);
          case Expression.Presence(int at, Expression operand, String field) -> {
            selected(operand, field, false, at);
            yield CelType.BOOL;
          }
          case Expression.Index index -> index(index);
          case Expression.Call call -> call(call);
          case Expression.Conditional(
                  int at,
                  Expression condition,
                  Expression yes,
                  Expression no) ->
              overloads.resolve(expression, at, "_?_:_", null, types(List.of(condition, yes, no)));
          case Expression.LogicalChain(_, _, List<Expression> terms) -> logic(terms);
          case Expression.ListOf(_, List<Expression.Item> items) -> list(items);
          case Expression.MapOf(_, List<Expression.Entry> entries) -> map(entries);
          case Expression.StructOf struct -> struct(struct);
          case Expression.Comprehension fold -> fold(fold);
          case Expression.Bind bind -> bind(bind);
        };
    types.put(expression, type);
    return type;
  }

  private List<CelType> types(List<Expression> expressions) {
    List<CelType> found = new ArrayList<>();
    expressions.forEach(one -> found.add(type(one)));
    return found;
  }

  private CelType name(Expression expression, String name, int at) {
    CelType known = scopes.use(DottedName.plain(name));
    if (known != null) {
      return known;
    }
    CelType named = typeNamed(DottedName.plain(name));
    if (named != null) {
      typeNames.put(expression, DottedName.plain(name));
      return CelType.type(named);
    }
    complaints.add(at, undeclared(name));
    return CelType.ERROR;
  }

  private @Nullable CelType typeNamed(String name) {
    CelType made = schemas.made(name);
    if (made == null) {
      made = Environment.TYPES.get(name);
    }
    return made != null ? made : WellKnownMessages.type(name);
  }

  private static String undeclared(String name) {
    return "undeclared reference to '%s' (in container '')".formatted(name);
  }

  /// The name that an expression may be when none of its parts is a variable.
  private @Nullable String dotted(Expression expression) {
    String name = DottedName.of(expression, root -> !scopes.has(DottedName.plain(root)));
    return name == null ? null : DottedName.plain(name);
  }

  private CelType select(Expression.Select select) {
    CelType variable = variable(select);
    if (variable != null) {
      return variable;
    }
    String name = select.optional() ? null : dotted(select);
    CelType named = name == null ? null : typeNamed(name);
    if (name != null && named != null) {
      typeNames.put(select, name);
      return CelType.type(named);
    }
    if (select.optional()) {
      overloads.choose(select, "select_optional_field");
    }
    return bindings.resolved(
        selected(select.operand(), select.field(), select.optional(), select.at()), false);
  }

  /// The type of a variable whose name has a dot, null when none is meant.
  private @Nullable CelType variable(Expression.Select select) {
    if (select.optional() || !(select.operand() instanceof Expression.Ident(_, String first))) {
      return null;
    }
    String name = first + "." + select.field();
    CelType type = scopes.use(name);
    if (type != null) {
      functions.put(select, name);
    }
    return type;
  }

  private CelType selected(Expression operand, String field, boolean optional, int at) {
    CelType operandType = bindings.resolved(type(operand), false);
    CelType target = operandType.unwrapped();
    CelType result =
        switch (target.kind()) {
          case MAP -> target.parameters().getLast();
          case STRUCT -> field(target, field, at);
          case PARAMETER -> {
            bindings.isAssignable(CelType.DYN, target);
            yield CelType.DYN;
          }
          case DYN, ERROR -> CelType.DYN;
          case BOOL,
              INT,
              UINT,
              DOUBLE,
              STRING,
              BYTES,
              DURATION,
              TIMESTAMP,
              NULL,
              LIST,
              OPAQUE,
              TYPE -> {
            complaints.add(at, "type '%s' does not support field selection".formatted(target));
            yield CelType.DYN;
          }
        };
    return operandType.isOptional() || optional ? CelType.optional(result) : result;
  }

  private CelType field(CelType target, String name, int at) {
    CelType field = schemas.field(target, name);
    if (field == null) {
      complaints.add(
          at,
          schemas.describes(target) || WellKnownMessages.type(target.name()) != null
              ? "undefined field '%s'".formatted(name)
              : unresolved(target.name()));
      return CelType.ERROR;
    }
    return field;
  }

  private CelType index(Expression.Index index) {
    String function = index.optional() ? "_[?_]" : "_[_]";
    List<CelType> arguments = types(List.of(index.operand(), index.index()));
    return overloads.resolve(index, index.at(), function, null, arguments);
  }

  private CelType call(Expression.Call call) {
    List<CelType> arguments = types(call.arguments());
    Expression target = call.target();
    String function = call.function();
    if (target == null) {
      String plain = DottedName.plain(function);
      if (!overloads.knows(plain)) {
        complaints.add(call.at(), undeclared(function));
        return CelType.ERROR;
      }
      functions.put(call, plain);
      return overloads.resolve(call, call.at(), plain, null, arguments);
    }
    String prefix = dotted(target);
    String full = prefix + "." + function;
    if (prefix != null && overloads.knows(full)) {
      functions.put(call, full);
      return overloads.resolve(call, call.at(), full, null, arguments);
    }
    CelType targetType = type(target);
    if (!overloads.knows(function)) {
      complaints.add(call.at(), undeclared(function));
      return CelType.ERROR;
    }
    return overloads.resolve(call, call.at(), function, targetType, arguments);
  }

  private CelType logic(List<Expression> terms) {
    boolean wrong = false;
    List<CelType> found = types(terms);
    for (int i = 0; i < terms.size(); i++) {
      wrong |= !require(CelType.BOOL, found.get(i), terms.get(i).at());
    }
    return wrong ? CelType.ERROR : CelType.BOOL;
  }

  private boolean require(CelType wanted, CelType found, int at) {
    if (bindings.isAssignable(found, wanted)) {
      return true;
    }
    complaints.add(at, mismatch(wanted, found));
    return false;
  }

  static String mismatch(CelType wanted, CelType found) {
    return "expected type '%s' but found '%s'".formatted(wanted, found);
  }

  private CelType list(List<Expression.Item> items) {
    CelType joined = null;
    for (Expression.Item item : items) {
      CelType type = itemType(item.value(), item.optional());
      joined = joined(joined, type);
    }
    return CelType.list(joined == null ? bindings.newParameter() : joined);
  }

  private CelType itemType(Expression value, boolean optional) {
    CelType type = type(value);
    if (!optional) {
      return type;
    }
    if (!type.isOptional() && type.kind() != Kind.DYN) {
      complaints.add(value.at(), mismatch(CelType.optional(type), type));
    }
    return type.unwrapped();
  }

  private CelType joined(@Nullable CelType before, CelType type) {
    if (before == null) {
      return type;
    }
    return bindings.isAssignable(before, type)
        ? TypeSubstitution.moreGeneral(before, type)
        : CelType.DYN;
  }

  private CelType map(List<Expression.Entry> entries) {
    CelType keys = null;
    CelType values = null;
    for (Expression.Entry entry : entries) {
      keys = joined(keys, type(entry.key()));
      values = joined(values, itemType(entry.value(), entry.optional()));
    }
    return CelType.map(
        keys == null ? bindings.newParameter() : keys,
        values == null ? bindings.newParameter() : values);
  }

  private CelType struct(Expression.StructOf struct) {
    String name = DottedName.plain(struct.name());
    CelType made = typeNamed(name);
    if (made == null) {
      complaints.add(struct.at(), undeclared(struct.name()));
      return CelType.ERROR;
    }
    boolean message = schemas.made(name) != null || WellKnownMessages.isMessage(made);
    if (!message) {
      complaints.add(struct.at(), "'%s' is not a message type".formatted(name));
    }
    for (Expression.Initializer field : struct.fields()) {
      CelType given = itemType(field.value(), field.optional());
      CelType wanted =
          schemas.made(name) != null
              ? schemas.field(made, field.name())
              : WellKnownMessages.field(name, field.name());
      if (wanted == null) {
        unknownField(made, field);
      } else if (!bindings.isAssignable(wanted, given)) {
        complaints.add(
            field.at(),
            "expected type of field '%s' is '%s' but provided type is '%s'"
                .formatted(field.name(), wanted, bindings.resolved(given, true)));
      }
    }
    return message ? made : CelType.ERROR;
  }

  private void unknownField(CelType made, Expression.Initializer field) {
    if (made.kind() == Kind.MAP && !WellKnownMessages.isMessage(made)) {
      return;
    }
    boolean opaque = made.kind() == Kind.OPAQUE || made.kind() == Kind.TYPE;
    complaints.add(
        field.at(),
        opaque || made.kind() == Kind.NULL
            ? unresolved(opaque ? made.name() : "google.protobuf.NullValue")
            : "undefined field '%s'".formatted(field.name()));
  }

  private static String unresolved(String type) {
    return "unexpected failed resolution of '%s'".formatted(type);
  }

  private CelType bind(Expression.Bind bind) {
    CelType value = type(bind.value());
    Scopes.Scope scope = scopes.enter(bind.name(), value);
    CelType result = type(bind.result());
    scope.leave();
    return bindings.resolved(result, false);
  }

  private CelType fold(Expression.Comprehension fold) {
    CelType range = bindings.resolved(type(fold.range()), false);
    Expression.Expansion loop = fold.expansion();
    CelType gathered = type(loop.start());
    List<Scopes.Scope> entered = new ArrayList<>();
    entered.add(scopes.enter(Macros.ACCUMULATOR, gathered));
    entered.add(scopes.enter(fold.first(), iterated.first(fold, range)));
    String second = fold.second();
    if (second != null) {
      entered.add(scopes.enter(second, IterationTypes.second(range)));
    }
    type(loop.condition());
    require(CelType.BOOL, typeOf(loop.condition()), loop.condition().at());
    CelType step = type(loop.step());
    if (!bindings.isAssignable(gathered, step)) {
      complaints.add(loop.step().at(), mismatch(gathered, step));
    }
    while (entered.size() > 1) {
      entered.removeLast().leave();
    }
    CelType result = type(loop.result());
    entered.removeLast().leave();
    return bindings.resolved(result, false);
  }

  private CelType typeOf(Expression part) {
    return types.getOrDefault(part, CelType.ERROR);
  }
}
