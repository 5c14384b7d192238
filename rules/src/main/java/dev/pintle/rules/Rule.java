package dev.pintle.rules;

import java.util.stream.Stream;

/// A rule that every module keeps.
@FunctionalInterface
interface Rule {
  Stream<Finding> broken(HouseModule module);
}
