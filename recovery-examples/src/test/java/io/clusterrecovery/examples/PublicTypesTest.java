package io.clusterrecovery.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people get to see at a prompt. */
class PublicTypesTest {

  @Test
  @Tag("full")
  void publicType_thatHasInstances_saysWhatItIs() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .resideOutsideOfPackages("..examples..", "..testkit..")
        .and(haveInstances())
        .should(sayWhatTheyAre())
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.clusterrecovery"));
  }

  private static DescribedPredicate<JavaClass> haveInstances() {
    return DescribedPredicate.describe(
        "have instances",
        type ->
            type.getMethods().stream()
                .anyMatch(method -> !method.getModifiers().contains(JavaModifier.STATIC)));
  }

  /** Records and enums have one that names what they hold. */
  private static ArchCondition<JavaClass> sayWhatTheyAre() {
    return new ArchCondition<>("have a toString() of their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean own = type.isEnum() || type.isRecord() || type.tryGetMethod("toString").isPresent();
        events.add(new SimpleConditionEvent(type, own, type.getName() + " has none"));
      }
    };
  }
}
