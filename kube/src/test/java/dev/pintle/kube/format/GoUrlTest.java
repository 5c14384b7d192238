package dev.pintle.kube.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GoUrlTest {
  @Test
  void theAddressIsTakenApart() {
    GoUrl url = GoUrl.parse("HTTPS://me:secret@example.com:443/a%20b?q=1#part");
    assertThat(url)
        .isEqualTo(new GoUrl("https", "me:secret", "example.com:443", "/a%20b", "q=1", "part"));
    assertThat(GoUrl.parse("a/b")).isEqualTo(new GoUrl("", null, "", "a/b", "", ""));
    assertThat(GoUrl.parse("mailto:a@b")).isEqualTo(new GoUrl("mailto", null, "", "", "", ""));
    assertThat(GoUrl.parse("https://[::1]:80/x").host()).isEqualTo("[::1]:80");
  }

  @Test
  void whatIsNoneIsToldInGoesWords() {
    refused("https://a b/", "parse \"https://a b/\": invalid character \" \" in host name");
    refused("https://a:b/", "parse \"https://a:b/\": invalid port \":b\" after host");
    refused("https://a/%zz", "parse \"https://a/%zz\": invalid URL escape \"%zz\"");
    refused("https://[::1", "parse \"https://[::1\": missing ']' in host");
    refused(
        "https://[x]:12/a",
        "parse \"https://[x]:12/a\": invalid host: ParseAddr(\"x\"): unable to parse IP");
    refused(":a", "parse \":a\": missing protocol scheme");
    refused("1:a", "parse \"1:a\": first path segment in URL cannot contain colon");
    refused("a\nb", "parse \"a\\nb\": net/url: invalid control character in URL");
    refused("https://a^b@c/", "parse \"https://a^b@c/\": net/url: invalid userinfo");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> GoUrl.parse(text)).as(text).hasMessage(message);
  }
}
