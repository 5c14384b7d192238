package dev.pintle.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.crd.AcceptedNames.Refusal;
import dev.pintle.kube.crd.AcceptedNames.Verdict;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedNamesTest {
  private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.5Z");
  private static final CustomResourceDefinition FIRST =
      definition(
          "{status: {acceptedNames: {plural: foos, singular: foo, shortNames: [f, ff], kind: Foo, listKind: FooList}}}");

  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static CustomResourceDefinition definition(String text) {
    return new CustomResourceDefinition(yaml(text));
  }

  private static Verdict judged(String names) {
    return new AcceptedNames(List.of(FIRST)).judge(definition("{spec: {names: " + names + "}}"));
  }

  @Test
  void namesThatNobodyHasAreAccepted() {
    String names =
        "{plural: bars, singular: bar, shortNames: [b], kind: Bar, listKind: BarList, categories: [all]}";
    Verdict verdict = judged(names);
    assertThat(verdict.refusal()).isEmpty();
    assertThat(verdict.accepted()).isEqualTo(yaml(names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{plural: foos} | PluralConflict | \"foos\" is already in use",
        "{plural: bars, singular: foo} | SingularConflict | \"foo\" is already in use",
        "{plural: f, singular: x} | PluralConflict | \"f\" is already in use",
        "{plural: bars, shortNames: [b, ff]} | ShortNamesConflict | \"ff\" is already in use",
        "{plural: bars, shortNames: [f, foos]} | ShortNamesConflict | [\"f\" is already in use, \"foos\" is already in use]",
        "{plural: bars, kind: FooList} | KindConflict | \"FooList\" is already in use",
        "{plural: bars, kind: Bar, listKind: Foo} | ListKindConflict | \"Foo\" is already in use"
      })
  void aNameThatAnotherHasIsRefusedWhereverTheOtherHasIt(
      String names, String reason, String message) {
    assertThat(judged(names).refusal()).contains(new Refusal(reason, message));
  }

  @Test
  void oneRefusedNameTakesNothingFromTheOthers() {
    Verdict verdict = judged("{plural: bars, singular: foo, shortNames: [b], kind: Bar}");
    assertThat(verdict.accepted()).isEqualTo(yaml("{plural: bars, shortNames: [b], kind: Bar}"));
  }

  @Test
  void aKindMayBeCalledLikeAnothersResource() {
    assertThat(judged("{plural: bars, kind: foos}").refusal()).isEmpty();
  }

  @Test
  void aNameThatWasAcceptedBeforeStaysWhenTheNewOneIsTaken() {
    CustomResourceDefinition renamed =
        definition("{spec: {names: {plural: foos}}, status: {acceptedNames: {plural: bars}}}");
    assertThat(new AcceptedNames(List.of(FIRST)).judge(renamed).accepted())
        .isEqualTo(yaml("{plural: bars}"));
  }

  @ParameterizedTest
  @CsvSource({
    "k8s.io, true",
    "a.k8s.io, true",
    "a.kubernetes.io, true",
    "ak8s.io, false",
    "k8s.io.example.com, false"
  })
  void theCommunityKeepsItsGroups(String group, boolean kept) {
    assertThat(ApiApproval.isProtected(group)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MISSING",
    "https://example.com/pull/1, APPROVED",
    "'unapproved, because', BYPASSED",
    "unapproved, BYPASSED",
    "example.com, INVALID",
    "/pull/1, INVALID",
    "'https://', INVALID",
    "'not a url', INVALID"
  })
  void anApprovalIsAnAddressOrAReason(String annotation, ApiApproval.State state) {
    JsonObject definition = new JsonObject();
    definition.objectAt("metadata").objectAt("annotations").set(ApiApproval.ANNOTATION, annotation);
    assertThat(ApiApproval.state(definition)).isEqualTo(state);
    assertThat(ApiApproval.state(new JsonObject())).isEqualTo(ApiApproval.State.MISSING);
  }

  @Test
  void theTimeOfAConditionMovesOnlyWithItsStatus() {
    JsonObject object = new JsonObject();
    DefinitionConditions.set(object, "Ready", true, "A", "first", NOW);
    DefinitionConditions.set(object, "Ready", true, "B", "second", NOW.plusSeconds(60));
    assertThat(object)
        .isEqualTo(
            yaml(
                "{status: {conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-05-06T07:08:09Z', reason: B, message: second}]}}"));
    DefinitionConditions.set(object, "Other", false, "C", "", NOW);
    DefinitionConditions.set(object, "Ready", false, "B", "second", NOW.plusSeconds(60));
    assertThat(object)
        .isEqualTo(
            yaml(
                "{status: {conditions: [{type: Ready, status: 'False', lastTransitionTime: '2026-05-06T07:09:09Z', reason: B, message: second},"
                    + " {type: Other, status: 'False', lastTransitionTime: '2026-05-06T07:08:09Z', reason: C, message: ''}]}}"));
  }
}
