{{- define "parcours.selector" -}}
app.kubernetes.io/name: parcours
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "parcours.labels" -}}
{{ include "parcours.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "parcours.image" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "parcours.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- if .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml .Values.image.pullSecrets | nindent 2 }}
{{- end }}
{{- if .Values.nodeSelector }}
nodeSelector:
  {{- toYaml .Values.nodeSelector | nindent 2 }}
{{- end }}
{{- if .Values.tolerations }}
tolerations:
  {{- toYaml .Values.tolerations | nindent 2 }}
{{- end }}
volumes:
  - name: temporary
    emptyDir: {}
{{- end }}

{{- define "parcours.environment" -}}
envFrom:
  - configMapRef:
      name: {{ .Release.Name }}-parcours
  - secretRef:
      name: {{ .Values.secretName }}
volumeMounts:
  - name: temporary
    mountPath: /tmp
  - name: temporary
    mountPath: /app/.next/standalone/.next/cache
    subPath: next
{{- end }}
