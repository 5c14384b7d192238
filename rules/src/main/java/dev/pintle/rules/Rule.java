package dev.pintle.rules;

import java.util.stream.Stream;

/// Something every module keeps.
@FunctionalInterface
interface Rule {
  Stream<Finding> broken(HouseModule module);
}
