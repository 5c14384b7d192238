package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;

final class Http2RequestHeadTest {
  private static Http2Headers get(String target) {
    return new DefaultHttp2Headers().method("GET").path(target).scheme("https").authority("a:1");
  }

  @Test
  void theTargetIsThePathAndTheQuery() {
    Http2RequestHead head = new Http2RequestHead(get("/a?b=c?d"));
    assertThat(head.method()).isEqualTo("GET");
    assertThat(head.target()).isEqualTo("/a?b=c?d");
    assertThat(head.path()).isEqualTo("/a");
    assertThat(head.query()).isEqualTo("b=c?d");
  }

  @Test
  void theHostIsThatOfTheAuthorityUnlessThereIsOne() {
    assertThat(new Http2RequestHead(get("/")).header("host")).hasValue("a:1");
    Http2RequestHead named = new Http2RequestHead(get("/").add("host", "b"));
    assertThat(named.header("host")).hasValue("b");
    assertThat(named.headers("host")).containsExactly("b");
    assertThat(named.header(":authority")).isEmpty();
  }

  @Test
  void severalValuesOfAHeaderStandInTheirOrder() {
    Http2RequestHead head =
        new Http2RequestHead(
            get("/")
                .add("impersonate-group", "x")
                .add("accept", "y")
                .add("impersonate-group", "z"));
    assertThat(head.header("impersonate-group")).hasValue("x");
    assertThat(head.headers("impersonate-group")).containsExactly("x", "z");
    assertThat(head.headerNames("impersonate-")).containsExactly("impersonate-group");
    assertThat(head.headers("none")).isEmpty();
    assertThat(head.headerNames("none")).isEmpty();
  }

  @Test
  void whatIsForgottenIsNotThereAnyMore() {
    Http2RequestHead head =
        new Http2RequestHead(
            get("/")
                .add("authorization", "secret")
                .add("accept", "y")
                .add("authorization", "more"));
    head.forget("authorization");
    head.forget("none");
    assertThat(head.header("authorization")).isEmpty();
    assertThat(head.headers("authorization")).isEmpty();
    assertThat(head.header("accept")).hasValue("y");
    assertThat(head.header("host")).hasValue("a:1");
  }
}
