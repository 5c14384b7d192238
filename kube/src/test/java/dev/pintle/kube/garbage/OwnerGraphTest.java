package dev.pintle.kube.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.garbage.OwnerGraph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which owners may go.
final class OwnerGraphTest {
  private static final List<String> OWNER = List.of("o");

  private final OwnerGraph graph = new OwnerGraph();

  private static Node dependent(String uid, boolean blocks) {
    return new Node(uid, OWNER, blocks ? OWNER : List.of(), false, false, false);
  }

  private void ownerWaits() {
    graph.put("owner", new Node("o", List.of(), List.of(), true, true, false));
  }

  @Test
  void anOwnerIsFreeOnceTheLastDependentIsGoneThatKeepsIt() {
    ownerWaits();
    graph.put("a", dependent("a", true));
    graph.put("b", dependent("b", true));
    graph.put("c", dependent("c", false));
    assertThat(graph.freed(OWNER)).isEmpty();
    graph.remove("a");
    assertThat(graph.freed(OWNER)).isEmpty();
    assertThat(graph.blockingDependents("o")).containsExactly("b");
    graph.put("b", dependent("b", false));
    assertThat(graph.freed(OWNER)).containsExactly("owner");
    graph.put("b", dependent("b", true));
    assertThat(graph.freed(OWNER)).isEmpty();
    graph.remove("b");
    assertThat(graph.freed(OWNER)).containsExactly("owner");
    graph.remove("owner");
    assertThat(graph.freed(OWNER)).isEmpty();
  }

  @Test
  void whatIsClearedKeepsNobody() {
    graph.put("a", dependent("a", true));
    graph.clear();
    ownerWaits();
    assertThat(graph.freed(OWNER)).containsExactly("owner");
  }
}
