package io.clusterrecovery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.clusterrecovery");

  @Test
  void packages_all_areTheOnePublicPackage() {
    classes().should().resideInAPackage("io.clusterrecovery").check(CLASSES);
  }

  @Test
  void output_neverGoesToTheConsoleOrToJavaUtilLogging() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  @Test
  void waiting_neverSleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    noClasses().should().callMethod(Thread.class, "sleep", long.class, int.class).check(CLASSES);
    noClasses().should().dependOnClassesThat().areAssignableTo(LockSupport.class).check(CLASSES);
  }

  @Test
  void time_isTakenFromTheClockAlone() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SystemClock")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void api_showsNoTypeOfALibrary() {
    noClasses()
        .that()
        .arePublic()
        .and()
        .doNotHaveSimpleName("Report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "io.github..")
        .check(CLASSES);
  }
}
