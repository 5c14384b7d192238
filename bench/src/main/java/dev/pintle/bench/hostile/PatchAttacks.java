package dev.pintle.bench.hostile;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Patches and other requests that are small in what they ask and large in what it takes.
public final class PatchAttacks {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PATCHED = MAPS + "/patched";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final int CLIENTS = 8;

  private PatchAttacks() {}

  public static List<Attack> all() {
    return List.of(
        patch(
            "JSON patch: 10 000 additions",
            JSON_PATCH,
            () ->
                operations(
                    10_000,
                    i -> "{\"op\":\"add\",\"path\":\"/data/k%05d\",\"value\":\"\"}".formatted(i))),
        patch(
            "JSON patch: 60 000 operations",
            JSON_PATCH,
            () -> operations(60_000, _ -> "{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"A\"}")),
        patch(
            "JSON patch: copies that double",
            JSON_PATCH,
            () ->
                operations(
                    60,
                    i ->
                        "{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/x%d\"}"
                            .formatted(i))),
        patch(
            "JSON patch: 10 000 insertions at the front",
            JSON_PATCH,
            () ->
                HostileBodies.text(
                    "[{\"op\":\"add\",\"path\":\"/metadata/finalizers\",\"value\":[]},",
                    HostileBodies.list(
                        9_990,
                        _ ->
                            "{\"op\":\"add\",\"path\":\"/metadata/finalizers/0\",\"value\":\"a/b\"}"),
                    "]")),
        patch(
            "merge patch: 260 000 names",
            MERGE,
            () ->
                HostileBodies.text(
                    "{\"data\":{", HostileBodies.list(260_000, "\"k%06d\":\"\""::formatted), "}}")),
        patch(
            "strategic merge patch: 100 000 owners",
            STRATEGIC,
            () ->
                HostileBodies.text(
                    "{\"metadata\":{\"ownerReferences\":[",
                    HostileBodies.list(
                        50_000, "{\"$patch\":\"delete\",\"uid\":\"u%06d\"}"::formatted),
                    "]}}")),
        patch(
            "apply: 200 000 names",
            APPLY,
            () ->
                HostileBodies.text(
                    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"patched\"},\"data\":{",
                    HostileBodies.list(200_000, "\"k%06d\":\"\""::formatted),
                    "}}")),
        patch(
            "apply: 3 MB of managed fields",
            APPLY,
            () ->
                HostileBodies.text(
                    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"patched\",\"managedFields\":[",
                    HostileBodies.list(
                        60_000, "{\"manager\":\"m%06d\",\"fieldsV1\":{}}"::formatted),
                    "]}}")),
        selector("a label selector of 900 KB", "labelSelector", 900_000),
        selector("a field selector of 900 KB", "fieldSelector", 900_000),
        review());
  }

  private static byte[] operations(int count, IntFunction<String> operation) {
    return HostileBodies.text("[", HostileBodies.list(count, operation), "]");
  }

  private static Attack patch(String name, String type, Supplier<byte[]> body) {
    return Attack.of(
            name,
            strike -> {
              HttpRequest request =
                  strike
                      .send("PATCH", PATCHED + "?dryRun=All&fieldManager=hostile", type, body.get())
                      .build();
              strike.again(CLIENTS, request);
            },
            Attack.ANSWERED)
        .after(strike ->
            strike.send(
                strike.post(
                    MAPS,
                    BodyAttacks.JSON,
                    HostileBodies.text(
                        "{\"metadata\":{\"name\":\"patched\"},\"data\":{\"k\":\"v\"}}"))));
  }

  private static Attack selector(String name, String parameter, int bytes) {
    return Attack.of(
        name,
        strike ->
            strike.again(
                CLIENTS,
                strike
                    .request(MAPS + "?%s=%s".formatted(parameter, BodyAttacks.selector(bytes)))
                    .build()),
        Attack.ANSWERED + "|closed");
  }

  private static Attack review() {
    return Attack.of(
        "a review of 200 000 groups",
        strike ->
            strike.again(
                CLIENTS,
                strike.post(
                    "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                    BodyAttacks.JSON,
                    HostileBodies.text(
                        "{\"spec\":{\"user\":\"u\",\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"},\"groups\":[",
                        HostileBodies.list(200_000, "\"g%06d\""::formatted),
                        "]}}"))),
        Attack.ANSWERED);
  }
}
