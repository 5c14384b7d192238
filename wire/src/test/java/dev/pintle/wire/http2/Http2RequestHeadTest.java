package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;

final class Http2RequestHeadTest {
  private static Http2Headers get(String target) {
    return new DefaultHttp2Headers().method("GET").path(target).scheme("https").authority("a:1");
  }

  private static Http2RequestHead head(Http2Headers headers) {
    return new Http2RequestHead(headers, HeaderFields.of(headers, null));
  }

  @Test
  void theTargetIsThePathAndTheQuery() {
    Http2RequestHead head = head(get("/a?b=c?d"));
    assertThat(head.method()).isEqualTo("GET");
    assertThat(head.target()).isEqualTo("/a?b=c?d");
    assertThat(head.path()).isEqualTo("/a");
    assertThat(head.query()).isEqualTo("b=c?d");
  }

  @Test
  void theHostIsThatOfTheAuthorityUnlessThereIsOne() {
    assertThat(head(get("/")).header("host")).hasValue("a:1");
    Http2RequestHead named = head(get("/").add("host", "b"));
    assertThat(named.header("host")).hasValue("b");
    assertThat(named.headers("host")).containsExactly("b");
    assertThat(named.header(":authority")).isEmpty();
  }

  @Test
  void severalValuesOfAHeaderStandInTheirOrder() {
    Http2RequestHead head =
        head(
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
        head(
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

  @Test
  void whatAClientRepeatsIsKeptOnce() {
    String token = "secret";
    HeaderFields first = HeaderFields.of(get("/a").add("authorization", token), null);
    HeaderFields again = HeaderFields.of(get("/b").add("authorization", token), first);
    assertThat(again).isSameAs(first);
    assertThat(again.without("authorization")).isSameAs(first.without("authorization"));
    assertThat(first.first("authorization")).isEqualTo(token);
  }

  @Test
  void whatIsOnlyLikeItIsNotTakenForIt() {
    HeaderFields first = HeaderFields.of(get("/").add("accept", "x"), null);
    assertThat(HeaderFields.of(get("/").add("accept", "y"), first).first("accept")).isEqualTo("y");
    assertThat(HeaderFields.of(get("/"), first).first("accept")).isNull();
    HeaderFields more = HeaderFields.of(get("/").add("accept", "x").add("accept", "y"), first);
    assertThat(more.all("accept")).containsExactly("x", "y");
  }
}
