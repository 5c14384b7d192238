package dev.pintle.compat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCoverageTest {
  private static final String FILE = "example.com/pkg/apis/core/validation/validation.go";
  private static final List<String> SOURCE =
      """
      func ValidatePod(pod *core.Pod) field.ErrorList {
      	allErrs := validateName(pod.Name)
      	if pod.Spec.Host == "" {
      		allErrs = append(allErrs, field.Required(path, "a host"))
      	}
      	return allErrs
      }

      func ValidatePodTemplate(template *core.PodTemplate) field.ErrorList {
      	// field.Invalid( in a comment is no rule
      	return validateName(template.Name)
      }

      func validateName(name string) field.ErrorList {
      	return field.ErrorList{field.Invalid(path, name, "odd"), field.NotSupported[core.Name](path, name, nil)}
      }
      """
          .lines()
          .toList();
  private static final List<String> REGISTRATION =
      List.of("\t\t&Pod{},", "\t\t&PodList{},", "\t\t&PodTemplate{},", "\t\t&PodLogOptions{},");

  private static RuleCoverage of(String... blocks) {
    RuleCoverage coverage = new RuleCoverage();
    coverage.addKinds(REGISTRATION);
    coverage.add(FILE, GoFunctions.of(SOURCE), CoverProfile.of(List.of(blocks)));
    return coverage;
  }

  @Test
  void aRuleIsOfEveryKindWhoseFunctionsLeadToIt() {
    assertThat(of().lines())
        .startsWith("rules met / known: 0 / 3", "Pod: 0 / 3", "PodTemplate: 0 / 2", "not met:");
  }

  @Test
  void aRuleIsMetWhenTheInnermostBlockAroundItWasExecuted() {
    assertThat(of(FILE + ":1.50,7.2 3 1", FILE + ":3.26,5.3 1 0", FILE + ":14.1,16.2 1 4").lines())
        .startsWith("rules met / known: 2 / 3", "Pod: 2 / 3", "PodTemplate: 2 / 2")
        .endsWith("not met:", "  " + FILE + ":4 ValidatePod");
  }

  @Test
  void whatAnyOfSeveralRunsExecutedIsMet() {
    assertThat(of(FILE + ":3.26,5.3 1 0", FILE + ":3.26,5.3 1 2", FILE + ":3.26,5.3 1 0").lines())
        .startsWith("rules met / known: 1 / 3");
  }
}
