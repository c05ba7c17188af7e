package io.wgwhy.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What import-control.xml cannot see: cycles, names, and classes that need no import. */
@AnalyzeClasses(packages = "io.wgwhy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_do_not_form_cycles =
      slices().matching("io.wgwhy.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule packages_are_named_after_what_is_in_them =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule classes_are_named_after_what_they_are =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Manager|Helper)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule processes_are_started_in_connectors_collect_and_in_the_lab_only =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.wgwhy.connectors.collect..", "io.wgwhy.lab..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class, Process.class)
          .allowEmptyShould(true);
}
