package dev.pintle.kube.linear;

import java.util.Map;
import java.util.function.IntFunction;

final class DocumentsLinearityTest extends Linearity {
  @Override
  Map<String, IntFunction<Cost.Work>> cases() {
    return WorstDocuments.all();
  }
}
