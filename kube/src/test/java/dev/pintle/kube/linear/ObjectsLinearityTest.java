package dev.pintle.kube.linear;

import java.util.Map;
import java.util.function.IntFunction;

final class ObjectsLinearityTest extends Linearity {
  @Override
  Map<String, IntFunction<Cost.Work>> cases() {
    return WorstObjects.all();
  }
}
