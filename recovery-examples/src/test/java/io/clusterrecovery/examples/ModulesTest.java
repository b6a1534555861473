package io.clusterrecovery.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that keep the modules apart. */
class ModulesTest {
  private static final String BASE = "io.clusterrecovery";
  private static final Map<String, List<String>> CLIENTS =
      Map.of(
          "ssh", List.of("com.jcraft..", "com.github.luben.."),
          "etcd", List.of("io.etcd..", "io.grpc..", "io.netty.."),
          "k8s", List.of("io.kubernetes..", "okhttp3.."),
          "aws", List.of("software.amazon.."));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @ParameterizedTest
  @ValueSource(strings = {"ssh", "etcd", "k8s", "aws"})
  void module_knowsNoOtherImplementation(String module) {
    List<String> others = new ArrayList<>(List.of(BASE + ".testkit..", BASE + ".examples.."));
    CLIENTS.keySet().stream()
        .filter(m -> !m.equals(module))
        .forEach(
            m -> {
              others.add(BASE + "." + m + "..");
              others.addAll(CLIENTS.get(m));
            });

    noClasses()
        .that()
        .resideInAPackage(BASE + "." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void api_knowsNoImplementation() {
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".*..", "com.jcraft..", "io.etcd..", "io.kubernetes..", "software..")
        .check(CLASSES);
  }

  @Test
  void library_printsNothingByItself() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".examples..", BASE + ".testkit..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void library_neverSleepsForAFixedTime() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
  }
}
