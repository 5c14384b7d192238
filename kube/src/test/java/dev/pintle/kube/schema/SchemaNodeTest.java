package dev.pintle.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SchemaNodeTest {
  @Test
  void eachUserKeepsItsOwnValueBesideANode() {
    SchemaNode node = SchemaNode.of(ValueKind.TEXT);
    AtomicInteger made = new AtomicInteger();
    String text = node.derived(String.class, () -> "text " + made.incrementAndGet());
    Integer number = node.derived(Integer.class, made::incrementAndGet);
    assertThat(node.derived(String.class, () -> "another")).isSameAs(text).isEqualTo("text 1");
    assertThat(node.derived(Integer.class, () -> 9)).isEqualTo(number).isEqualTo(2);
  }
}
