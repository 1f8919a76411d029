package io.github.camelvoice.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.github.camelvoice.gateway.grpc.ondewo.SipProto;
import io.github.camelvoice.gateway.grpc.ondewo.SipRegisterAccountRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartSessionRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus;
import io.github.camelvoice.session.StatusType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proto file held against the contract, name by name and number by number: the tables below were written from its page, not from the file. */
class WireShapeTest {

    private static final FileDescriptor FILE = SipProto.getDescriptor();
    private static final String HEADERS = "map<string,string>";

    private static Map<Integer, String> fields(String message) {
        return FILE.findMessageTypeByName(message).getFields().stream()
                .collect(Collectors.toMap(FieldDescriptor::getNumber, WireShapeTest::text, (a, b) -> a, TreeMap::new));
    }

    private static String text(FieldDescriptor field) {
        String type = switch (field.getType()) {
            case MESSAGE -> field.isMapField() ? map(field.getMessageType()) : field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase();
        };
        return (field.isRepeated() && !field.isMapField() ? "repeated " : "") + type + " " + field.getName();
    }

    private static String map(Descriptor entry) {
        assertThat(entry.getName()).isEqualTo("HeadersEntry");
        return "map<" + entry.findFieldByNumber(1).getType().name().toLowerCase() + "," + entry.findFieldByNumber(2).getType().name()
                .toLowerCase() + ">";
    }

    @Test
    void everyMessageHasTheFieldsOfTheContract() {
        assertThat(FILE.getPackage()).isEqualTo("ondewo.sip");
        assertThat(fields("SipEndCallRequest")).isEqualTo(Map.of(1, "bool hard_hangup"));
        assertThat(fields("SipStartCallRequest")).isEqualTo(Map.of(1, "string callee_id", 2, HEADERS + " headers"));
        assertThat(fields("SipRegisterAccountRequest")).isEqualTo(
                Map.of(1, "string account_name", 2, "string password", 3, "string auth_username", 4, "string outbound_proxy"));
        assertThat(fields("SipStartSessionRequest")).isEqualTo(Map.of(1, "string account_name", 2, "int32 auto_answer_interval"));
        assertThat(fields("SipTransferCallRequest")).isEqualTo(Map.of(1, "string transfer_id", 2, HEADERS + " headers"));
        assertThat(fields("SipStatusHistoryResponse")).isEqualTo(Map.of(1, "repeated ondewo.sip.SipStatus status_history"));
        assertThat(fields("SipPlayWavFilesRequest")).isEqualTo(Map.of(1, "repeated bytes wav_files"));
        assertThat(fields("SipStatus")).isEqualTo(Map.of(1, "string account_name", 2, "google.protobuf.Timestamp timestamp",
                3, "ondewo.sip.SipStatus.StatusType status_type", 4, "string callee_id", 5, "string transfer_call_id", 6, HEADERS + " headers",
                7, "string description", 8, "string exception_name", 9, "string exception_traceback", 10, "string nlu_session_name"));
        assertThat(FILE.getMessageTypes()).hasSize(8);
    }

    @Test
    void theServiceHasTheElevenMethodsOfTheContract() {
        assertThat(FILE.getServices()).hasSize(1);
        Map<String, String> methods = FILE.findServiceByName("Sip").getMethods().stream()
                .collect(Collectors.toMap(MethodDescriptor::getName, each -> each.getInputType().getName() + " " + each.getOutputType().getName()));
        assertThat(methods).isEqualTo(Map.ofEntries(Map.entry("SipStartSession", "SipStartSessionRequest SipStatus"),
                Map.entry("SipEndSession", "Empty SipStatus"), Map.entry("SipStartCall", "SipStartCallRequest SipStatus"),
                Map.entry("SipEndCall", "SipEndCallRequest SipStatus"), Map.entry("SipTransferCall", "SipTransferCallRequest SipStatus"),
                Map.entry("SipRegisterAccount", "SipRegisterAccountRequest SipStatus"), Map.entry("SipGetSipStatus", "Empty SipStatus"),
                Map.entry("SipGetSipStatusHistory", "Empty SipStatusHistoryResponse"),
                Map.entry("SipPlayWavFiles", "SipPlayWavFilesRequest SipStatus"), Map.entry("SipMute", "Empty SipStatus"),
                Map.entry("SipUnMute", "Empty SipStatus")));
        assertThat(FILE.findServiceByName("Sip").getMethods()).noneMatch(each -> each.isClientStreaming() || each.isServerStreaming());
    }

    @ParameterizedTest
    @CsvSource({"NO_SESSION,0", "REGISTERED,1", "READY,2", "INCOMING_CALL_INITIATED,3", "OUTGOING_CALL_INITIATED,4", "OUTGOING_CALL_CONNECTED,5",
        "INCOMING_CALL_CONNECTED,6", "TRANSFER_CALL_INITIATED,7", "SOFT_HANGUP_INITIATED,8", "HARD_HANGUP_INITIATED,9", "INCOMING_CALL_FAILED,10",
        "OUTGOING_CALL_FAILED,11", "INCOMING_CALL_FINISHED,12", "OUTGOING_CALL_FINISHED,13", "SESSION_REGISTRATION_FAILED,14", "SESSION_STARTED,15",
        "SESSION_ENDED,16", "TRANSFER_CALL_FAILED,17", "MICROPHONE_MUTED,18", "MICROPHONE_UNMUTED,19", "MICROPHONE_WAV_FILES_PLAYED,20",
        "NO_ONGOING_CALL,21"})
    void everyStatusHasItsNumberHereAndInTheSession(String name, int number) {
        EnumDescriptor types = FILE.findMessageTypeByName("SipStatus").findEnumTypeByName("StatusType");
        assertThat(types.findValueByName(name).getNumber()).isEqualTo(number);
        assertThat(types.getValues()).hasSize(22);
        assertThat(StatusType.valueOf(name).number()).isEqualTo(number);
        assertThat(Arrays.stream(StatusType.values())).hasSize(22);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** Tag bytes by hand: field number times eight, plus 2 for what has a length and 0 for a number. */
    @Test
    void bytesOnTheWireAreThoseOfTheContract() throws Exception {
        assertThat(hex(SipRegisterAccountRequest.newBuilder().setAccountName("a@b").setPassword("p").setAuthUsername("u").setOutboundProxy("x")
                .build()
                .toByteString())).isEqualTo("0a03614062" + "120170" + "1a0175" + "220178");
        assertThat(hex(SipStartSessionRequest.newBuilder().setAccountName("a@b").setAutoAnswerInterval(-1).build().toByteString()))
                .isEqualTo("0a03614062" + "10ffffffffffffffffff01");
        SipStatus read = SipStatus.parseFrom(HexFormat.of().parseHex(
                "0a03614062" + "12020805" + "1815" + "220163" + "2a0174" + "32060a0148120176" + "3a0164" + "420165" + "4a0162" + "52016e"));
        assertThat(List.of(read.getAccountName(), read.getCalleeId(), read.getTransferCallId(), read.getDescription(), read.getExceptionName(),
                read.getExceptionTraceback(), read.getNluSessionName())).containsExactly("a@b", "c", "t", "d", "e", "b", "n");
        assertThat(read.getTimestamp().getSeconds()).isEqualTo(5);
        assertThat(read.getStatusType()).isEqualTo(SipStatus.StatusType.NO_ONGOING_CALL);
        assertThat(read.getHeadersMap()).isEqualTo(Map.of("H", "v"));
    }

    @Test
    void labelsAndTypesAreProto3() {
        FieldDescriptor type = FILE.findMessageTypeByName("SipStatus").findFieldByNumber(3);
        assertThat(type.toProto().getType()).isEqualTo(Type.TYPE_ENUM);
        assertThat(type.toProto().getLabel()).isEqualTo(Label.LABEL_OPTIONAL);
        assertThat(type.hasPresence()).isFalse();
    }
}
