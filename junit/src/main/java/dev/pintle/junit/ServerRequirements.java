package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The server that a class asks for. Classes whose wishes are equal can share one.
///
/// @param without names of controllers
/// @param more whatever else was asked of the builder, in order
record ServerRequirements(
    ServerPer per, Set<String> without, List<Consumer<PintleServer.Builder>> more) {
  ServerRequirements {
    without = Set.copyOf(without);
    more = List.copyOf(more);
  }

  /// The same for a class that says more of it by annotations.
  static ServerRequirements of(Class<?> test, ServerRequirements told) {
    ServerPer per =
        Annotations.of(test, PintleTest.class).map(PintleTest::server).orElse(told.per());
    Set<String> without = new TreeSet<>(told.without());
    Annotations.of(test, WithoutControllers.class)
        .ifPresent(off ->
            without.addAll(
                off.value().length == 0 ? PintleServer.controllers() : Set.of(off.value())));
    return new ServerRequirements(per, without, told.more());
  }

  PintleServer start() {
    PintleServer.Builder builder = PintleServer.builder();
    try {
      without.forEach(builder::withoutController);
    } catch (IllegalArgumentException unknown) {
      throw new PintleTestException("@WithoutControllers: " + unknown.getMessage(), unknown);
    }
    more.forEach(each -> each.accept(builder));
    return builder.start();
  }
}
