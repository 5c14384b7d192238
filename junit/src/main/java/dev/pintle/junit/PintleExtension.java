package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The extension that gives tests a server: what [PintleTest] stands for, or in a field, where more can be asked for.
///
/// ```java
/// @RegisterExtension
/// static final PintleExtension pintle = PintleExtension.builder().manifests("crds/").build();
/// ```
///
/// In a static field the server is there from before `@BeforeAll` on; in an instance field each test has its own. All annotations of this
/// package mean the same beside it.
///
/// When a test fails, the last 50 requests that its server received are printed to the standard error stream; they may tell what is in Secrets.
public final class PintleExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        ParameterResolver {
  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

  private final ServerRequirements wishes;
  private final List<Class<?>> definitions;
  private final List<String> places;

  /// Apart from those of other extensions of this kind.
  private final Namespace namespace = Namespace.create(PintleExtension.class, this);

  /// The servers of classes that are running, by the unique names of those.
  private final Map<String, PintleServer> running = new ConcurrentHashMap<>();

  /// The servers of tests that are running, by the threads that they run in.
  private final Map<Thread, PintleServer> current = new ConcurrentHashMap<>();

  /// One that asks for nothing that annotations do not ask for; JUnit makes it.
  public PintleExtension() {
    this(builder());
  }

  private PintleExtension(Builder builder) {
    this.wishes = new ServerRequirements(builder.per, builder.without, builder.more);
    this.definitions = List.copyOf(builder.definitions);
    this.places = List.copyOf(builder.places);
  }

  /// A server for each class, with everything on, unless more is said.
  public static Builder builder() {
    return new Builder();
  }

  /// The server of the test that runs in this thread, or else that of the class.
  ///
  /// @throws IllegalStateException when no test runs, or several classes have this extension at the same time and it cannot be told which is
  ///     meant: then the server can be had as a parameter
  public PintleServer server() {
    PintleServer mine = current.get(Thread.currentThread());
    if (mine != null) {
      return mine;
    }
    Set<PintleServer> all = Set.copyOf(running.values());
    if (all.size() == 1) {
      return all.iterator().next();
    }
    throw new IllegalStateException(
        "%d servers of this extension are running (expected: one; take a PintleServer as a parameter, from @BeforeEach on with ServerPer.METHOD)"
            .formatted(all.size()));
  }

  /// For JUnit.
  @Override
  public void beforeAll(ExtensionContext context) {
    var _ = classScope(context);
  }

  /// For JUnit.
  @Override
  public void afterAll(ExtensionContext context) {
    running.remove(context.getUniqueId());
    close(context, ClassScope.class);
  }

  /// For JUnit.
  @Override
  public void beforeEach(ExtensionContext context) {
    current.put(Thread.currentThread(), methodScope(context).server());
  }

  /// For JUnit.
  @Override
  public void beforeTestExecution(ExtensionContext context) {
    Annotations.faults(context.getRequiredTestMethod(), context.getRequiredTestClass())
        .ifPresent(wanted -> methodScope(context).begin(wanted));
  }

  /// For JUnit.
  @Override
  public void afterTestExecution(ExtensionContext context) {
    methodScope(context).endFaults();
  }

  /// For JUnit.
  @Override
  public void afterEach(ExtensionContext context) {
    current.remove(Thread.currentThread());
    try {
      MethodScope scope =
          context.getStore(namespace).get(key(context, MethodScope.class), MethodScope.class);
      // A test that could not begin has none.
      if (scope != null) {
        context.getExecutionException().ifPresent(failure -> report(context, scope, failure));
      }
    } finally {
      close(context, MethodScope.class);
    }
  }

  /// What the server received, beside the failure of the test itself.
  private static void report(ExtensionContext context, MethodScope scope, Throwable failure) {
    // That is how a test says that it does not apply.
    if (!failure.getClass().getSimpleName().equals("TestAbortedException")) {
      String test =
          "%s.%s".formatted(context.getRequiredTestClass().getName(), context.getDisplayName());
      System.err.println(FailureReport.of(test, scope.server(), scope.chaos()));
    }
  }

  /// For JUnit.
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return ParameterKind.of(parameter).isPresent();
  }

  /// For JUnit.
  ///
  /// @throws ParameterResolutionException when it cannot be given
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ParameterKind wanted = ParameterKind.of(parameter).orElseThrow();
    try {
      if (wanted.isForNobody() && parameter.isAnnotated(AsUser.class)) {
        throw new PintleTestException(
            "@AsUser: it acts for no user of Kubernetes (expected: a client of the API, or a kubeconfig)");
      }
      TestResources handles =
          context.getTestMethod().isPresent()
              ? methodScope(context).handles()
              : classScope(context).handles();
      return handles.get(wanted, Annotations.who(parameter));
    } catch (PintleTestException refused) {
      throw new ParameterResolutionException(
          "%s: %s".formatted(parameter.getParameter(), refused.getMessage()), refused);
    }
  }

  /// Constructors are called for a test, where there is an instance for each, and may be given what is the test's. JUnit before 5.12 does
  /// not ask, and calls them for the class.
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  private ClassScope classScope(ExtensionContext context) {
    return scope(context, ClassScope.class, this::openClass);
  }

  private MethodScope methodScope(ExtensionContext context) {
    return scope(context, MethodScope.class, this::openMethod);
  }

  private ClassScope openClass(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    ServerRequirements wanted = ServerRequirements.of(test, wishes);
    Manifests own = Annotations.manifests(test, test.getClassLoader());
    Optional<ClassScope> outer = around(context);
    ClassScope opened;
    if (outer.isPresent() && outer.get().wishes().equals(wanted)) {
      opened =
          isConcurrent(context)
              ? ClassScope.branching(outer.get(), own)
              : ClassScope.sharing(outer.get(), own);
    } else {
      Manifests first = outer.map(ClassScope::manifests).orElseGet(() -> told(test));
      opened = ClassScope.owning(wanted, first.and(own));
    }
    PintleServer server = opened.server();
    if (server != null) {
      running.put(context.getUniqueId(), server);
    }
    return opened;
  }

  private Manifests told(Class<?> test) {
    return DefinitionSource.of(definitions).and(Manifests.of(test.getClassLoader(), places));
  }

  private MethodScope openMethod(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    Manifests more = Annotations.manifests(context.getRequiredTestMethod(), test.getClassLoader());
    Optional<ClassScope> around = around(context);
    if (around.isEmpty()) {
      // An extension of an instance: the class has none.
      Manifests all = told(test).and(Annotations.manifests(test, test.getClassLoader()));
      return ClassScope.owning(
              new ServerRequirements(
                  ServerPer.METHOD, ServerRequirements.of(test, wishes).without(), wishes.more()),
              all)
          .apart(more);
    }
    return isConcurrent(context) ? around.get().apart(more) : around.get().begin(more);
  }

  /// Whether others of the same parent may run at the same time.
  private static boolean isConcurrent(ExtensionContext context) {
    return context.getExecutionMode() == ExecutionMode.CONCURRENT
        && context.getConfigurationParameter(PARALLEL).map(Boolean::parseBoolean).orElse(false);
  }

  /// The nearest class around that is running.
  private Optional<ClassScope> around(ExtensionContext context) {
    Optional<ExtensionContext> each = context.getParent();
    while (each.isPresent()) {
      ClassScope found =
          each.get().getStore(namespace).get(key(each.get(), ClassScope.class), ClassScope.class);
      if (found != null) {
        return Optional.of(found);
      }
      each = each.get().getParent();
    }
    return Optional.empty();
  }

  private <T> T scope(ExtensionContext context, Class<T> kind, Function<ExtensionContext, T> open) {
    ExtensionContext.Store store = context.getStore(namespace);
    String key = key(context, kind);
    T known = store.get(key, kind);
    if (known == null) {
      known = open.apply(context);
      store.put(key, known);
    }
    return known;
  }

  /// A store also answers what a parent's has; this is of one context alone.
  private static String key(ExtensionContext context, Class<?> kind) {
    return kind.getSimpleName() + ' ' + context.getUniqueId();
  }

  private <T extends AutoCloseable> void close(ExtensionContext context, Class<T> kind) {
    T scope = context.getStore(namespace).remove(key(context, kind), kind);
    if (scope instanceof ClassScope known) {
      known.close();
    } else if (scope instanceof MethodScope known) {
      known.close();
    }
  }

  /// The wishes for an extension.
  public static final class Builder {
    private ServerPer per = ServerPer.CLASS;
    private final Set<String> without = new TreeSet<>();
    private final List<Class<?>> definitions = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<Consumer<PintleServer.Builder>> more = new ArrayList<>();

    private Builder() {}

    /// How many tests a server is there for; [PintleTest#server] on the class counts more.
    public Builder server(ServerPer tests) {
      per = tests;
      return this;
    }

    /// As [LoadManifests], before those.
    public Builder manifests(String... classPathOrFile) {
      places.addAll(List.of(classPathOrFile));
      return this;
    }

    /// As [WithDefinition], before those.
    public Builder definitions(Class<?>... kinds) {
      definitions.addAll(List.of(kinds));
      return this;
    }

    /// As [WithoutControllers]: none at all means every one of them.
    public Builder withoutControllers(String... names) {
      without.addAll(names.length == 0 ? PintleServer.controllers() : Set.of(names));
      return this;
    }

    /// Whatever else a server can be asked for.
    public Builder configure(Consumer<PintleServer.Builder> change) {
      more.add(change);
      return this;
    }

    /// The extension, for a field with `@RegisterExtension`.
    public PintleExtension build() {
      return new PintleExtension(this);
    }
  }
}
