package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// The resources that are served now: the built-in ones, and those that custom resource definitions
/// add and take away. What is built in keeps its place: nothing is added to its groups, and nothing to a version that
/// another server is to serve. Readers take an immutable [TypeSnapshot]; changes are rare and exclude one another.
public final class TypeRegistry {
  private final ReentrantLock changing = new ReentrantLock();

  /// Guarded by `changing`.
  private TypeSnapshot builtIn;

  // By the name of the definition that brought them; guarded by `changing`.
  private final Map<String, List<ResourceType>> added = new HashMap<>();
  // Guarded by `changing`.
  private List<AggregatedGroupVersion> announced = List.of();
  private volatile TypeSnapshot current;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public TypeRegistry(TypeSnapshot builtIn) {
    this.builtIn = builtIn;
    this.current = builtIn;
  }

  /// A registry of the kinds that come with the program.
  public static TypeRegistry ofBuiltIns() {
    return new TypeRegistry(BuiltInTypes.load().snapshot());
  }

  /// Serves one of the [EarlierVersions] too.
  public void serve(GroupVersion earlier) {
    changing.lock();
    try {
      builtIn = EarlierVersions.with(builtIn, earlier);
      next();
    } finally {
      changing.unlock();
    }
  }

  public TypeSnapshot current() {
    return current;
  }

  /// Serves `resources` from now on, in place of what the same definition brought before; none
  /// takes it away.
  ///
  /// @param definition the name of the custom resource definition, `crontabs.stable.example.com`
  public TypeSnapshot publish(String definition, List<ResourceType> resources) {
    return publish(Map.of(definition, resources));
  }

  /// The same of several definitions at once.
  public TypeSnapshot publish(Map<String, List<ResourceType>> definitions) {
    changing.lock();
    try {
      boolean changed = false;
      for (Map.Entry<String, List<ResourceType>> definition : definitions.entrySet()) {
        List<ResourceType> resources = definition.getValue();
        List<ResourceType> before =
            resources.isEmpty()
                ? added.remove(definition.getKey())
                : added.put(definition.getKey(), List.copyOf(resources));
        changed |= before != null || !resources.isEmpty();
      }
      return changed ? next() : current;
    } finally {
      changing.unlock();
    }
  }

  /// Lists these in discovery from now on, in place of those before.
  public void announce(List<AggregatedGroupVersion> versions) {
    changing.lock();
    try {
      if (!announced.equals(versions)) {
        announced = List.copyOf(versions);
        next();
      }
    } finally {
      changing.unlock();
    }
  }

  /// A listener's place among the others, until it is closed.
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// Runs `action` after every change, beside those given before; it must not wait.
  public Subscription whenChanged(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  private TypeSnapshot next() {
    List<ResourceType> custom = custom();
    List<ResourceType> all = new ArrayList<>(builtIn.resources());
    all.addAll(custom);
    List<ApiGroup> groups = GroupOrder.arrange(builtIn.groups(), custom, announced);
    TypeSnapshot next = new TypeSnapshot(current.version() + 1, groups, all, announced);
    current = next;
    listeners.forEach(Runnable::run);
    return next;
  }

  private List<ResourceType> custom() {
    Set<String> taken = new HashSet<>();
    builtIn.groups().forEach(group -> taken.add(group.name()));
    Set<GroupVersion> elsewhere = new HashSet<>();
    announced.stream()
        .filter(each -> !each.local())
        .forEach(each -> elsewhere.add(each.groupVersion()));
    return added.values().stream()
        .flatMap(List::stream)
        .filter(type -> !taken.contains(type.group()) && !elsewhere.contains(type.groupVersion()))
        .toList();
  }
}
