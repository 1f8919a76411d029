package io.github.camelvoice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The rooms and who may know whom (docs/architecture.md). */
class ArchitectureTest {

    private static final String ROOT = "io.github.camelvoice.";
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
            .importPackages("io.github.camelvoice");

    @Test
    void onlyVoiceAndSpringbootKnowCamel() {
        noClasses().that()
            .resideOutsideOfPackages(ROOT + "voice..", ROOT + "springboot..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void onlySpringbootKnowsSpring() {
        noClasses().that().resideOutsideOfPackage(ROOT + "springboot..")
            .should().dependOnClassesThat().resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void onlySipKnowsJainSip() {
        noClasses().that().resideOutsideOfPackages(ROOT + "sip..", "gov.nist..")
            .should().dependOnClassesThat().resideInAnyPackage("javax.sip..", "gov.nist..")
                .check(CLASSES);
    }

    @Test
    void callKnowsNothingBelow() {
        noClasses().that().resideInAPackage(ROOT + "call..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "tap..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void sipAndMediaDoNotKnowEachOther() {
        noClasses().that().resideInAPackage(ROOT + "sip..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "media..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void mediaAndSipDoNotKnowEachOther() {
        noClasses().that().resideInAPackage(ROOT + "media..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "sip..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void engineDoesNotKnowTheComponent() {
        noClasses().that().resideInAPackage(ROOT + "engine..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "voice..", ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void traceKnowsCallsOnly() {
        noClasses().that().resideInAPackage(ROOT + "trace..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..",
                    ROOT + "voice..", ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void storeKnowsTracesOnly() {
        noClasses().that().resideInAPackage(ROOT + "store..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void tapKnowsCallsAndCodecsOnly() {
        noClasses().that().resideInAPackage(ROOT + "tap..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "store..", ROOT + "trace..", ROOT + "sip..", ROOT + "media.stream..",
                    ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..", ROOT + "document..")
                .check(CLASSES);
    }

    @Test
    void mediaDoesNotKnowTaps() {
        noClasses().that().resideInAPackage(ROOT + "media..")
            .should().dependOnClassesThat().resideInAPackage(ROOT + "tap..")
                .check(CLASSES);
    }

    @Test
    void onlyTapsAndTheHttpClientKnowVertx() {
        noClasses().that().resideOutsideOfPackages(ROOT + "tap..", ROOT + "outbound..", ROOT + "engine..")
            .should().dependOnClassesThat().resideInAPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void callbackKnowsNeitherCallsNorWhereItIsKept() {
        noClasses().that().resideInAPackage(ROOT + "callback..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "call..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..",
                    ROOT + "tap..", ROOT + "document..", ROOT + "outbound..", ROOT + "voice..", ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void outboundKnowsTheRuntimeOnly() {
        noClasses().that().resideInAPackage(ROOT + "outbound..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "call..", ROOT + "callback..", ROOT + "tap..", ROOT + "document..",
                    ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..", "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void recordingKnowsCallsAndThePortsOfDocuments() {
        noClasses().that().resideInAPackage(ROOT + "recording..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "callback..", ROOT + "tap..", ROOT + "trace..", ROOT + "store..",
                    ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..", ROOT + "webhook..", ROOT + "dial..", ROOT + "outbound..",
                    ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void speechKnowsTheWayOutOnly() {
        noClasses().that().resideInAPackage(ROOT + "speech..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "call..", ROOT + "callback..", ROOT + "tap..", ROOT + "document..",
                    ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..", "com.fasterxml..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJdbcStoreKnowsDatabases() {
        noClasses().that().resideOutsideOfPackage(ROOT + "store.jdbc..")
            .should().dependOnClassesThat().resideInAnyPackage("org.flywaydb..", "com.zaxxer..", "org.h2..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void subscriptionKnowsItsPortsOnly() {
        noClasses().that().resideInAPackage(ROOT + "subscription..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "call..", ROOT + "callback..", ROOT + "tap..", ROOT + "document..", ROOT + "notifier..",
                    ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void accountKnowsThePortOfCallsOnly() {
        noClasses().that().resideInAPackage(ROOT + "account..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "callback..", ROOT + "tap..", ROOT + "document..", ROOT + "notifier..",
                    ROOT + "subscription..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void sessionKnowsCallsAndRegistrationsOnly() {
        noClasses().that().resideInAPackage(ROOT + "session..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "account..", ROOT + "callback..", ROOT + "tap..", ROOT + "document..",
                    ROOT + "notifier..", ROOT + "subscription..", ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "dial..",
                    ROOT + "outbound..", ROOT + "registration.spi..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void documentKnowsCallsOnly() {
        noClasses().that().resideInAPackage(ROOT + "document..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..",
                    ROOT + "tap..", ROOT + "outbound..", ROOT + "callback..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void dialKnowsCallsOnly() {
        noClasses().that().resideInAPackage(ROOT + "dial..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..",
                    ROOT + "tap..", ROOT + "outbound..", ROOT + "callback..", ROOT + "document..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void webhookKnowsCallsCallbacksAndDocumentsOnly() {
        noClasses().that().resideInAPackage(ROOT + "webhook..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..",
                    ROOT + "tap..", ROOT + "engine..", ROOT + "voice..", ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheSourcesOfDocumentsKnowYaml() {
        noClasses().that().resideOutsideOfPackage(ROOT + "document.source..")
            .should().dependOnClassesThat().resideInAPackage("org.snakeyaml..")
                .check(CLASSES);
    }

    @Test
    void statesOfOthersKnowNobody() {
        noClasses().that().resideInAPackage(ROOT + "subscription.state..")
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "subscription.state..", "java..", "javax.xml..", "org.w3c.dom..")
                .check(CLASSES);
    }

    @Test
    void notifierKnowsCallsAndStatesOnly() {
        noClasses().that().resideInAPackage(ROOT + "notifier..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "trace..", ROOT + "store..", ROOT + "sip..", ROOT + "media..", ROOT + "tap..",
                    ROOT + "outbound..", ROOT + "callback..", ROOT + "document..", ROOT + "subscription.spi..", ROOT + "engine..", ROOT + "voice..",
                    ROOT + "springboot..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void registrationKnowsItsPortOnly() {
        noClasses().that().resideInAPackage(ROOT + "registration..")
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "registration..", ROOT + "runtime..", "java..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void thePortOfRegistrationsKnowsNobody() {
        noClasses().that().resideInAPackage(ROOT + "registration.spi..")
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "registration.spi..", "java..")
                .check(CLASSES);
    }

    @Test
    void runtimeKnowsNobody() {
        noClasses().that().resideInAPackage(ROOT + "runtime..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + "call..", ROOT + "sip..", ROOT + "media..", ROOT + "engine..",
                    ROOT + "voice..", ROOT + "springboot..")
                .check(CLASSES);
    }

    @Test
    void noCirclesBetweenRooms() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles()
                .check(CLASSES);
    }
}
