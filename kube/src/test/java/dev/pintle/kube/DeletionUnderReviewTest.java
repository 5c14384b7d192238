package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.HookedApi.ALLOWED;
import static dev.pintle.kube.HookedApi.MUTATING;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.maps;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What changes while a webhook thinks about a deletion counts for it.
final class DeletionUnderReviewTest {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean held = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HookedApi hooked;
  private Api api;

  @BeforeEach
  void start() throws InterruptedException {
    hooked =
        new HookedApi(request -> {
          if (HookedApi.path(request).equals("slow")
              && request.request().textOrEmpty("operation").equals("DELETE")
              && held.compareAndSet(false, true)) {
            asked.countDown();
            await();
          }
          return HookedApi.path(request).equals("deny") ? "\"allowed\":false" : ALLOWED;
        });
    api = hooked.api;
    api.map("a", "{\"of\":\"many\"}");
    hooked.install(MUTATING, "m", hooked.hook("slow", "slow", maps(), ""));
  }

  @AfterEach
  void close() {
    over.countDown();
    threads.close();
    hooked.close();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Api.Answer whileThoughtAbout(Callable<Api.Answer> deletion, Callable<?> change)
      throws Exception {
    Future<Api.Answer> deleted = threads.submit(deletion);
    asked.await();
    change.call();
    assertThat(deleted.isDone()).isFalse();
    over.countDown();
    return deleted.get();
  }

  private Callable<?> forbiddenByPolicy() {
    return () -> {
      made(
          "validatingadmissionpolicies",
          "{'metadata':{'name':'p'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['DELETE'],'resources':['configmaps']}]},'validations':[{'expression':'false'}]}}");
      made(
          "validatingadmissionpolicybindings",
          "{'metadata':{'name':'p'},'spec':{'policyName':'p','validationActions':['Deny']}}");
      return true;
    };
  }

  private void made(String plural, String body) throws InterruptedException {
    Api.Answer made = api.post(GROUP + plural, body.replace('\'', '"'));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  @Test
  void aPolicyThatCameMeanwhileForbidsIt() throws Exception {
    Api.Answer refused = whileThoughtAbout(() -> api.delete(MAPS + "/a"), forbiddenByPolicy());
    assertThat(refused.code()).isEqualTo(422);
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(200);
  }

  @Test
  void aPolicyThatCameMeanwhileForbidsThatOfACollection() throws Exception {
    Api.Answer refused =
        whileThoughtAbout(() -> api.delete(MAPS + "?labelSelector=of=many"), forbiddenByPolicy());
    assertThat(refused.code()).isEqualTo(422);
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(200);
  }

  @Test
  void aWebhookThatCameMeanwhileIsAsked() throws Exception {
    Api.Answer refused =
        whileThoughtAbout(
            () -> api.delete(MAPS + "/a"),
            () -> {
              hooked.install(VALIDATING, "v", hooked.hook("deny", "deny", maps(), ""));
              return true;
            });
    assertThat(refused.code()).isEqualTo(400);
  }

  @Test
  void whatIsGoneMeanwhileIsNotTriedWithSuccess() throws Exception {
    Api.Answer tried =
        whileThoughtAbout(() -> api.delete(MAPS + "/a?dryRun=All"), () -> api.delete(MAPS + "/a"));
    assertThat(tried.code()).isEqualTo(404);
  }

  @Test
  void anotherOfTheSameNameIsNotTheOneThatWasMeant() throws Exception {
    String uid = api.get(MAPS + "/a").metadata().textOrEmpty("uid");
    Api.Answer refused =
        whileThoughtAbout(
            () -> api.delete(MAPS + "/a", "{\"preconditions\":{\"uid\":\"" + uid + "\"}}"),
            () -> {
              api.delete(MAPS + "/a");
              return api.map("a", "{}");
            });
    assertThat(refused.code()).isEqualTo(409);
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(200);
  }

  @Test
  void theOneThatIsDeletedIsTheOneThatWasShown() throws Exception {
    Api.Answer deleted =
        whileThoughtAbout(
            () -> api.delete(MAPS + "/a"),
            () -> api.patch(MAPS + "/a", Api.MERGE, "{\"data\":{\"k\":\"later\"}}"));
    assertThat(deleted.code()).isEqualTo(200);
    assertThat(hooked.told())
        .containsExactly("DELETE configmaps/ a", "UPDATE configmaps/ a", "DELETE configmaps/ a");
    assertThat(hooked.last().objectOrEmpty("oldObject").objectOrEmpty("data").textOrEmpty("k"))
        .isEqualTo("later");
  }
}
